"""`katsuyo backup`, `restore`: argv -> one call -> print."""

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assistant.printing import print_json, say
from assistant.settings import load_settings

backup_cli = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="結果をJSONで出します。")]


@backup_cli.command()
def backup(
    file: Annotated[Path, typer.Argument(help="作るファイル(例: katsuyo-2026-11-22.zip)。")],
    as_json: AsJson = False,
) -> None:
    """公開した版と記録を、1つのファイルに残します。動いたままで大丈夫です。"""
    from assistant.adapters.backup import back_up

    made = back_up(load_settings().data_dir, file, now=datetime.now(UTC))
    if as_json:
        print_json(asdict(made))
    else:
        size = file.stat().st_size / 1e6
        typer.echo(f"{file} に残しました({size:.1f} MB)。")
        say("資料フォルダは入っていません。いつものやりかたで、別に残してください。")


@backup_cli.command()
def restore(
    file: Annotated[Path, typer.Argument(help="katsuyo backup で作ったファイル。")],
    yes: Annotated[
        bool, typer.Option("--yes", help="いまのデータがあっても、確かめずに入れかえます。")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """バックアップから戻します。いまのデータは別の名前で残ります。"""
    from assistant.adapters.backup import read_backup
    from assistant.adapters.restore import has_data
    from assistant.adapters.restore import restore as brought_back

    data_dir = load_settings().data_dir
    made = read_backup(file)
    if not yes and has_data(data_dir) and sys.stdin.isatty():
        say(f"△ {data_dir} には、もうデータがあります(別の名前で残します)。")
        yes = typer.confirm(f"{made.created} のデータに入れかえますか", default=False, err=True)
    aside = brought_back(file, data_dir, replace=yes, now=datetime.now(UTC))
    if as_json:
        print_json(asdict(made) | {"before": aside and str(aside)})
        return
    typer.echo(f"{file}({made.created})から戻しました。")
    if aside is not None:
        say(f"前のデータは {aside} にあります。")
