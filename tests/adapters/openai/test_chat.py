"""The chat client against a real server on loopback that behaves, limits, lies and hangs."""

import time
from pathlib import Path

import pytest

from assistant.adapters.openai.chat import ChatLimits
from assistant.errors import ModelError, ModelFault, SettingsError
from assistant.ports import ChatReply
from tests.adapters.openai.chat_client import KEY, PATIENT, QUICK, SCHEMA, chat, streamed
from tests.support.fake_openai import (
    Act,
    Server,
    cut,
    fake_openai,
    hangs,
    hangs_after_headers,
    huge,
    page,
    raw,
    refuses,
    says,
    self_signed,
)

pytestmark = pytest.mark.slow


def test_a_reply_comes_with_what_it_cost(server: Server) -> None:
    server.script = [says('{"grade": 2}')]
    told = chat(server).complete("採点してください", "回答", schema=SCHEMA)
    assert told == ChatReply('{"grade": 2}', 11, 3)
    (asked,) = server.asked
    assert asked["model"] == "judge-1"
    assert asked["temperature"] == 0
    assert asked["max_tokens"] == 1024
    assert [message["content"] for message in asked["messages"]] == ["採点してください", "回答"]
    assert asked["response_format"]["json_schema"]["schema"] == SCHEMA


def test_nothing_of_this_machine_or_its_environment_is_sent(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "x-canary: canary")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9")
    server.script = [says("{}")]
    chat(server).complete("a", "b", schema=SCHEMA)
    (headers,) = server.headers
    assert set(headers) == {
        "host", "accept", "content-type", "content-length", "connection",
        "user-agent", "accept-encoding", "authorization",
    }  # fmt: skip
    assert headers["authorization"] == f"Bearer {KEY}"
    assert "canary" not in str(headers) + str(server.asked)


def test_who_asks_is_never_sent(server: Server) -> None:
    server.script = [says("{}")]
    chat(server).complete("a", "b", schema=SCHEMA, asker="pseudonym-7")
    list(chat(server).stream("a", "b", schema=SCHEMA, asker="pseudonym-7"))
    assert "pseudonym-7" not in str(server.asked) + str(server.headers)


def test_azure_is_asked_by_deployment_and_api_version(server: Server) -> None:
    server.script = [says("{}")]
    model = chat(server, base_url=server.url, api_version="2024-10-21")
    model.complete("a", "b", schema=SCHEMA)
    assert server.paths == ["/openai/deployments/judge-1/chat/completions?api-version=2024-10-21"]
    assert server.headers[0]["api-key"] == KEY
    assert "authorization" not in server.headers[0]


@pytest.mark.parametrize("how", ["complete", "stream"])
def test_an_endpoint_without_json_schema_is_asked_for_tagged_text_from_then_on(
    server: Server, how: str
) -> None:
    server.script = [refuses(400, '{"error": {"message": "response_format?"}}'), says("<grade>2")]
    model = chat(server)
    assert model.structured
    for _ in range(2):
        if how == "stream":
            streamed(model)
        else:
            model.complete("system", "user", schema=SCHEMA, tagged="<grade>で")
    assert not model.structured
    assert ["response_format" in asked for asked in server.asked] == [True, False, False]
    systems = [asked["messages"][0]["content"] for asked in server.asked]
    assert systems == ["system", "system\n\n<grade>で", "system\n\n<grade>で"]


def test_an_endpoint_that_passes_the_schema_over_is_asked_for_tagged_text_next_time(
    server: Server,
) -> None:
    server.script = [says("<grade>2</grade>")]
    model = chat(server)
    streamed(model)
    assert not model.structured


def test_a_reply_that_was_too_long_says_nothing_of_the_schema(server: Server) -> None:
    server.script = [says("  ", finish="length"), says('{"grade"', finish="length")]
    model = chat(server)
    with pytest.raises(ModelError, match="空の返事"):
        streamed(model)
    streamed(model)
    assert model.structured


@pytest.mark.parametrize(
    ("refusal", "name", "instead"),
    [
        ("Unsupported parameter: 'max_tokens', use 'max_completion_tokens'", "max_tokens", 1024),
        ("'temperature' does not support 0", "temperature", None),
        ("stream_options is unknown", "stream_options", None),
    ],
)
def test_what_an_endpoint_refuses_is_left_out_from_then_on(
    server: Server, refusal: str, name: str, instead: int | None
) -> None:
    server.script = [refuses(400, f'{{"error": {{"message": "{refusal}"}}}}'), says("{}")]
    model = chat(server)
    streamed(model)
    streamed(model)
    assert [name in asked for asked in server.asked] == [True, False, False]
    assert server.asked[-1].get("max_completion_tokens") == instead
    assert model.structured


def test_a_refusal_for_another_reason_does_not_cost_the_schema(server: Server) -> None:
    server.script = [refuses(400)]
    model = chat(server)
    with pytest.raises(ModelError):
        streamed(model)
    assert model.structured


FAULTS: list[tuple[str, Act, ModelFault]] = [
    ("hangs", hangs(), ModelFault.SLOW),
    ("sends comments only", hangs_after_headers(), ModelFault.SLOW),
    ("cut before the first text", cut(""), ModelFault.BROKEN),
    ("cut mid-stream", cut("途中"), ModelFault.BROKEN),
    ("200 with a page", page(), ModelFault.UNREADABLE),
    ("wrong JSON", raw("{"), ModelFault.UNREADABLE),
    ("wrong JSON in an event", raw("data: {\n\n", "text/event-stream"), ModelFault.UNREADABLE),
    ("another shape", raw("data: []\n\n", "text/event-stream"), ModelFault.UNREADABLE),
    ("no event", raw("", "text/event-stream"), ModelFault.UNREADABLE),
    ("empty", says(""), ModelFault.UNREADABLE),
    ("401", refuses(401, f'{{"error": {{"message": "bad key {KEY}"}}}}'), ModelFault.REFUSED),
    ("404", refuses(404), ModelFault.REFUSED),
    ("302", refuses(302, headers={"location": "http://127.0.0.1:9/"}), ModelFault.REFUSED),
    ("429", refuses(429), ModelFault.LIMITED),
    ("429 for an hour", refuses(429, headers={"retry-after": "3600"}), ModelFault.LIMITED),
    ("500", refuses(500), ModelFault.BROKEN),
    ("huge body", huge("text/event-stream"), ModelFault.UNREADABLE),
    ("an error in the stream", raw('data: {"error": {"message": "x"}}\n\n', "text/event-stream"),
     ModelFault.BROKEN),
    ("no room", refuses(400, '{"error": {"code": "context_length_exceeded"}}'),
     ModelFault.TOO_LONG),
    ("filtered", says("あ", finish="content_filter"), ModelFault.REFUSED),
    ("packed", refuses(200, "x", headers={"content-encoding": "gzip"}), ModelFault.UNREADABLE),
]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "fault"), [case[1:] for case in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_a_fault_is_told_in_time_and_says_where_and_what_to_do(
    server: Server, act: Act, fault: ModelFault
) -> None:
    server.script = [act]
    model = chat(server, QUICK, most_bytes=500_000)
    begun = time.monotonic()
    with pytest.raises(ModelError, match="127") as raised:
        streamed(model)
    assert time.monotonic() - begun < 3
    assert raised.value.fault is fault
    assert raised.value.message.endswith("。") and raised.value.remedy.endswith("。")
    assert KEY not in str(raised.value) + repr(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    "act",
    [refuses(429), refuses(500), page(), raw("{}"), raw('{"choices": []}'), raw("{"), cut(""),
     raw('{"choices": [{"message": null}]}'), hangs(), huge(), refuses(401)],
)  # fmt: skip
def test_a_whole_reply_that_fails_or_lies_is_a_model_error(server: Server, act: Act) -> None:
    server.script = [act]
    with pytest.raises(ModelError, match="127"):
        chat(server).complete("a", "b", schema=SCHEMA, budget_seconds=0.5)


def test_nobody_there_and_no_such_host_are_told_apart(server: Server) -> None:
    cases = {
        "つながりません": "http://127.0.0.1:9/v1",
        "名前を引けません": "http://no-such-host.invalid/v1",
    }
    for told, url in cases.items():
        with pytest.raises(ModelError, match=told) as raised:
            streamed(chat(server, base_url=url))
        assert raised.value.fault is ModelFault.UNREACHABLE


def test_a_companys_own_certificate_is_trusted_by_setting_only(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)
    with fake_openai(certificate=certificate) as server:
        server.script = [says("{}")]
        with pytest.raises(ModelError, match="証明書を信頼できません") as raised:
            streamed(chat(server))
        assert raised.value.fault is ModelFault.UNREACHABLE
        assert "KATSUYO_LLM_CA_BUNDLE" in raised.value.remedy
        assert server.asked == [], "nothing was sent to a stranger"
        assert streamed(chat(server, ca_bundle=certificate))[-1] == ChatReply("{}", 11, 3)
        for close in server.opened:
            close()


def test_a_bundle_that_is_none_is_an_error_of_the_settings(server: Server, tmp_path: Path) -> None:
    for content in (None, "これは証明書ではない"):
        bundle = tmp_path / "ca.pem"
        if content:
            bundle.write_text(content, encoding="utf-8")
        with pytest.raises(SettingsError, match="証明書のファイル"):
            chat(server, ca_bundle=bundle)


def test_a_proxy_is_used_where_it_is_set_and_its_password_is_never_told(server: Server) -> None:
    server.script = [says("{}"), refuses(407)]
    proxy = server.url.replace("//", f"//me:{KEY}@")
    model = chat(server, base_url="http://model.invalid/v1", proxy=proxy)
    assert streamed(model)[-1] == ChatReply("{}", 11, 3)
    assert server.paths == ["http://model.invalid/v1/chat/completions"]
    with pytest.raises(ModelError) as raised:
        streamed(model)
    with pytest.raises(SettingsError, match="KATSUYO_LLM_PROXY") as wrong:
        chat(server, proxy=f"ftp://me:{KEY}@x")
    assert KEY not in str(raised.value) + str(wrong.value)


def test_a_moment_of_trouble_is_asked_over_once(server: Server) -> None:
    server.script = [refuses(500), says("{}")]
    assert streamed(chat(server))[-1] == ChatReply("{}", 11, 3)
    server.script = [refuses(429, headers={"retry-after-ms": "10"}), refuses(429), says("{}")]
    with pytest.raises(ModelError, match="429"):
        streamed(chat(server))


def test_a_budget_is_kept_to_the_clock(server: Server) -> None:
    server.script = [hangs()]
    model = chat(server, PATIENT)
    begun = time.monotonic()
    with pytest.raises(ModelError) as raised:
        model.complete("a", "b", schema=SCHEMA, budget_seconds=0.2)
    assert raised.value.fault is ModelFault.SLOW
    assert time.monotonic() - begun < 2


def test_the_key_and_the_question_are_in_no_log(
    server: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_LOG", "debug")
    caplog.set_level("DEBUG")
    server.script = [refuses(500), says("{}")]
    model = chat(server)
    model.complete("a", "ひみつの質問", schema=SCHEMA)
    assert KEY not in caplog.text and "ひみつ" not in caplog.text
    assert KEY not in repr(model) + repr(vars(model)) + repr(model._endpoint)


def test_what_cannot_fit_is_not_sent(server: Server) -> None:
    server.script = [says("{}")]
    model = chat(server, ChatLimits(context_window=2000))
    model.complete("あ" * 900, "a", schema=SCHEMA)
    with pytest.raises(ModelError, match="CONTEXT_WINDOW") as raised:
        model.complete("あ" * 1000, "a", schema=SCHEMA)
    assert raised.value.fault is ModelFault.TOO_LONG
    assert len(server.asked) == 1
