"""`katsuyo doctor --privacy` tells what goes where, true for the settings at hand."""

import json
from pathlib import Path

from tests.conftest import katsuyo

CHAT = {"KATSUYO_LLM_BASE_URL": "https://chat.example/v1", "KATSUYO_LLM_MODEL": "m-1"}
VECTORS = {
    "KATSUYO_EMBEDDING_BASE_URL": "https://vectors.example/v1",
    "KATSUYO_EMBEDDING_MODEL": "e-1",
    "KATSUYO_EMBEDDING_DIM": "8",
}


def told(folder: Path, **settings: str) -> dict[str, dict[str, str]]:
    result = katsuyo("doctor", "--privacy", "--json", data=folder, settings=settings)
    assert result.returncode == 0, result.stderr
    return {flow["what"]: flow for flow in json.loads(result.stdout)}


def test_by_default_nothing_goes_anywhere(tmp_path: Path) -> None:
    assert {flow["where"] for flow in told(tmp_path).values()} == {"送りません"}


def test_each_endpoint_is_named_with_what_it_gets(tmp_path: Path) -> None:
    flows = told(
        tmp_path,
        **CHAT,
        **VECTORS,
        KATSUYO_LLM_API_KEY="sk-very-secret",
        KATSUYO_LLM_PROXY="http://me:sk-very-secret@proxy.example:8080",
    )
    assert flows["入力した質問の文"]["where"] == "送りません"
    assert flows["生成AI"]["where"].startswith("https://chat.example/v1 (m-1)")
    assert "プロキシ" in flows["生成AI"]["where"]
    assert "伏せ字にした質問" in flows["生成AI"]["content"]
    assert flows["意味検索"]["where"].startswith("https://vectors.example/v1 (e-1)")
    assert "資料の抜粋をすべて" in flows["意味検索"]["content"]
    assert "sk-very-secret" not in str(flows)


def test_a_person_reads_the_same(tmp_path: Path) -> None:
    result = katsuyo("doctor", "--privacy", data=tmp_path, settings=CHAT)
    assert "生成AI: https://chat.example/v1 (m-1)" in result.stdout
