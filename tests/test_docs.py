"""What the documentation tells is what the code does: names, keys, codes, commands, links."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer
import yaml

from assistant import errors
from assistant.domain import Category
from assistant.errors import KatsuyoError
from assistant.eval_commands import eval_cli
from assistant.evals.gate.known_failures import KnownFailure
from assistant.evals.gate.report import GateWord
from assistant.evals.judge.judged import judged_metrics
from assistant.evals.judge.rules import JudgeRules
from assistant.evals.metric import Better
from assistant.evals.metrics import all_metrics
from assistant.settings import Settings
from tests.conftest import ROOT
from tests.test_readme import READMES, make

EVALUATION = (ROOT / "docs" / "en" / "evaluation.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "en" / "operations.md").read_text(encoding="utf-8")
PAGES = sorted(
    [*ROOT.glob("docs/*/*.md"), ROOT / "assistant" / "README.md", ROOT / "eval" / "README.md"]
)


def told_metrics() -> dict[str, str]:
    """Return the arrow of each metric of the table, one entry for each class."""
    section = EVALUATION.split("## Metrics")[1].split("\n## ")[0]
    found = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            found |= dict.fromkeys(re.findall(r"`([^`]+)`", cells[0]), cells[1])
    classes = re.findall(r"`([^`]+)`", section.split("`CLASS` is one of")[1].splitlines()[0])
    return {
        name.replace("CLASS", one): arrow
        for name, arrow in found.items()
        for one in (classes if "CLASS" in name else [""])
    }


def test_the_table_tells_every_metric_and_no_other_with_its_direction() -> None:
    arrows = {Better.HIGHER: "↑", Better.LOWER: "↓"}
    metrics = (*all_metrics(), *judged_metrics())

    assert told_metrics() == {metric.name: arrows[metric.better] for metric in metrics}


def test_the_classes_of_the_table_are_those_of_the_guard() -> None:
    told = {name.partition(":")[2] for name in told_metrics() if ":" in name}

    assert told == {category.value for category in Category}


def keys_of_the_gate() -> list[str]:
    gate = tomllib.loads((ROOT / "eval" / "gate.toml").read_text(encoding="utf-8"))
    tables = [name for name, value in gate.items() if isinstance(value, dict)]
    inner = [key for name in tables if name != "thresholds" for key in gate[name]]
    return [f"[{name}]" if name in tables else name for name in gate] + inner


@pytest.mark.parametrize(
    "word",
    [*keys_of_the_gate(), *GateWord, *JudgeRules.model_fields],
)
def test_every_key_of_gate_and_judge_and_every_word_of_the_verdict_is_explained(word: str) -> None:
    assert f"`{word}`" in EVALUATION


@pytest.mark.parametrize("key", KnownFailure.__dataclass_fields__)
def test_every_field_of_a_known_failure_is_explained(key: str) -> None:
    paragraph = EVALUATION.split("**Known failures**")[1].split("\n\n")[0]

    assert f"`{key}`" in paragraph


def eval_commands() -> list[str]:
    found = eval_cli.registered_commands
    return [one.callback.__name__ for one in found if one.callback is not None]


@pytest.mark.parametrize("command", eval_commands())
def test_every_eval_command_is_in_the_guide_for_engineers_and_in_that_for_dx_staff(
    command: str,
) -> None:
    staff = (ROOT / "eval" / "README.md").read_text(encoding="utf-8")

    assert f"katsuyo eval {command}" in EVALUATION
    assert f"katsuyo eval {command}" in staff


def eval_options() -> list[list[str]]:
    """Return each option's ways of writing, of `katsuyo eval` and of its commands."""
    group = typer.main.get_command(eval_cli)
    assert isinstance(group, typer.core.TyperGroup)
    commands = [group, *group.commands.values()]
    found = [one.opts for command in commands for one in command.params]
    return sorted(opts for opts in found if opts[0].startswith("-"))


@pytest.mark.parametrize("ways", eval_options(), ids=lambda ways: ways[0])
def test_every_option_of_eval_is_in_the_guide_for_engineers(ways: list[str]) -> None:
    assert any(re.search(rf"(?<![\w-]){way}(?![\w-])", EVALUATION) for way in ways)


@pytest.mark.parametrize("readme", READMES, ids=["en", "ja"])
@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_both_readmes(readme: Path, name: str) -> None:
    assert f"`KATSUYO_{name.upper()}`" in readme.read_text(encoding="utf-8")


def exit_codes() -> set[int]:
    kinds = [one for one in vars(errors).values() if isinstance(one, type)]
    return {one.exit_code for one in kinds if issubclass(one, KatsuyoError)}


@pytest.mark.parametrize("readme", READMES, ids=["en", "ja"])
def test_every_exit_code_is_in_the_readme(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    told = re.search(r"^.*(?:Exit codes|終了コード): 0.*$", text, flags=re.M)
    assert told

    assert set(map(int, re.findall(r"(?<!\d)\d(?!\d)", told[0]))) == {0, *exit_codes()}


def test_every_exit_code_is_explained_to_who_runs_it() -> None:
    table = OPERATIONS.split("## Exit codes")[1].split("\n## ")[0]

    assert {int(code) for code in re.findall(r"^\| (\d) \|", table, flags=re.M)} == {
        0,
        *exit_codes(),
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_local_link_of_the_documentation_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text(encoding="utf-8"))
    missing = [one for one in targets if not _leads(page, *one.partition("#")[::2])]

    assert not missing


def test_the_guide_for_dx_staff_shows_its_pages_in_pictures_that_load_quickly() -> None:
    guide = ROOT / "docs" / "ja" / "運用の手引き.md"
    shown = re.findall(r"!\[([^\]]+)\]\(([^)\s]+)\)", guide.read_text(encoding="utf-8"))

    assert len(shown) >= 5
    for words, target in shown:
        picture = (guide.parent / target).read_bytes()
        assert words
        assert picture.startswith(b"\x89PNG")
        assert len(picture) <= 150_000, target


def commands_told() -> set[str]:
    """Return every `katsuyo …` that a page tells to type: up to what is given to it."""
    found = set()
    for page in (*PAGES, *READMES, ROOT / "corpus" / "README.md"):
        text = page.read_text(encoding="utf-8")
        blocks = "\n".join(re.findall(r"```\w*\n(.*?)```", text, flags=re.S))
        spans = "\n".join(re.findall(r"`(katsuyo [^`\n]+)`", text))
        lines = re.sub(r'"[^"\n]*"', '""', f"{blocks}\n{spans}")
        found |= set(re.findall(r"(?:^|&& |=\S+ )katsuyo ([^\n#&>|]*)", lines, flags=re.M))
    return {one.strip() for one in found} - {"…"}


@pytest.mark.parametrize("line", sorted(commands_told()))
def test_every_command_that_the_documentation_tells_exists_with_its_options(line: str) -> None:
    from assistant.cli import cli

    known: object = typer.main.get_command(cli)
    words = line.split()
    while words and isinstance(known, typer.core.TyperGroup) and words[0] in known.commands:
        known = known.commands[words.pop(0)]

    assert isinstance(known, typer.core.TyperCommand | typer.core.TyperGroup), line
    assert known.name != typer.main.get_command(cli).name, line
    options = {"--help", *(way for one in known.params for way in one.opts)}
    told = {word.strip("[],").split("=")[0] for word in words if word.strip("[").startswith("-")}
    assert told <= options, line


def _leads(page: Path, target: str, anchor: str) -> bool:
    place = page.parent / target if target else page
    return place.exists() and (not anchor or anchor in _anchors(place))


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def test_the_map_of_the_rooms_names_every_file_and_folder_of_the_product() -> None:
    told = (ROOT / "assistant" / "README.md").read_text(encoding="utf-8")
    rooms = [one.name for one in (ROOT / "assistant").iterdir() if _is_room(one)]

    assert [name for name in rooms if f"`{name}`" not in told and f"`{name}/`" not in told] == []


def _is_room(path: Path) -> bool:
    if path.is_dir():
        return (path / "__init__.py").exists()
    empty = path.suffix == ".py" and len(ast.parse(path.read_text(encoding="utf-8")).body) < 3
    return path.suffix == ".py" and not empty and not path.name.startswith("__")


# ── CI ───────────────────────────────────────────────────────────────────────


def test_make_eval_asks_the_suites_and_judges_them() -> None:
    plan = subprocess.run(
        make("--no-print-directory", "-n", "eval"), cwd=ROOT, capture_output=True, text=True
    )

    assert plan.returncode == 0, plan.stderr
    assert plan.stdout.strip().endswith("/katsuyo eval")


def test_ci_runs_checks_and_tests_and_then_the_gate() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert re.findall(r"^make (\w+)", script, flags=re.M) == ["check", "test", "eval"]


def test_ci_shows_the_report_whatever_the_verdict_and_keeps_the_answers_to_the_holdout() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["test"]["steps"]
    after = steps[[step.get("run") for step in steps].index("bash .ci/run") + 1 :]

    assert all("always()" in step["if"] for step in after)
    assert any("summary.md" in step.get("run", "") for step in after)
    kept = next(step["with"] for step in after if "upload-artifact" in step.get("uses", ""))
    assert kept["path"].split() == [".katsuyo/eval/junit.xml", ".katsuyo/eval/report.html"]
    assert kept["include-hidden-files"] is True
