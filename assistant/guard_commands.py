"""`katsuyo guard …`: argv -> one call -> print. What DX staff do about masked words."""

from dataclasses import asdict
from typing import Annotated

import typer

from assistant.app import App
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
