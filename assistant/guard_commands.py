"""`katsuyo guard …`: argv -> one call -> print. What DX staff do about masked words."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.app import App
from assistant.errors import SettingsError
from assistant.printing import CATEGORY_NAMES, print_json
from assistant.settings import load_settings

guard_cli = typer.Typer(
    help="入力の伏せ字(入力禁止の検出)の手入れをします。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="結果をJSONで出します。")]


@guard_cli.command()
def roster(
    names: Annotated[
        Path, typer.Argument(help="社員名簿のCSV。「氏名」の列か「姓」と「名」の列。")
    ],
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="資料のフォルダ(既定: KATSUYO_CORPUS_DIR)。")
    ] = None,
) -> None:
    """社員名簿を、名前にもどせない形(ハッシュ)にして資料フォルダに置きます。"""
    from assistant.corpus.wordlists import ROSTER_FILE, make_roster, roster_text

    made = make_roster(names)
    path = (corpus or load_settings().corpus_dir) / ROSTER_FILE
    try:
        path.touch(mode=0o600)
        path.write_text(roster_text(made), encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"{path} に書き込めません({error.strerror})。", remedy="場所と権限を確かめてください。"
        ) from error
    typer.echo(f"{len(made.names)}件の名前を {path} に入れました。名前そのものは入っていません。")
    typer.echo(f"company.yaml に「roster: {ROSTER_FILE}」と書いて、katsuyo publish してください。")


@guard_cli.command()
def alarms(as_json: AsJson = False) -> None:
    """社員が「誤検知です」と知らせた文の一覧を出します。文は伏せ字のままです。"""
    reported = App(settings=load_settings()).false_alarms.all()
    if as_json:
        print_json([asdict(alarm) for alarm in reported])
        return
    if not reported:
        typer.echo("「誤検知です」の知らせは、まだありません。")
        return
    for alarm in reported:
        name = CATEGORY_NAMES[alarm.category]
        typer.echo(f"{alarm.week} 第{alarm.version}版 {name} {alarm.placeholder}")
        typer.echo(f"    {alarm.safe_text}")
    typer.echo(
        f"{len(reported)}件。自社の言葉なら company.yaml の own_names・product_names・"
        "public_names に足すと、伏せ字になりません。"
    )
