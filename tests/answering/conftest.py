"""A company that is nothing like the sample: a care home, with its own rule and words."""

import math
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from assistant.adapters.sudachi import SudachiTokenizer
from assistant.answering.assistant import Assistant
from assistant.answering.verdict.likely import Likely
from assistant.corpus.text import fold
from assistant.domain import (
    Clause,
    ClauseKind,
    Company,
    Department,
    Desk,
    FaqPair,
    Hit,
    Kind,
    Measure,
    Passage,
    Prose,
    Source,
    Status,
    Story,
    Template,
    Tool,
    VerdictKind,
    Version,
)
from assistant.search.engine import SearchResult

UNDECIDED = Likely({VerdictKind.ALLOWED: 0.0}, {}, {})
"""Meaning was compared, and points to no clause."""

COMPANY = Company(
    name="社会福祉法人ひだまり会",
    short_names=("ひだまり会",),
    departments=(
        Department("介護課", ("介護", "ケア"), champion="戸田 真由", neighbours=("看護課",)),
        Department("看護課", ("看護",), neighbours=("介護課",)),
        Department("厨房課", ("厨房", "栄養"), neighbours=("介護課",)),
        Department("事務課", ("事務",)),
    ),
    allowed_tools=(Tool("ひだまりGPT", ("ひだGPT",)),),
    forbidden_tools=(Tool("個人アカウントの生成AI", ("自分のスマホのAI", "私物のAI")),),
    desk=Desk(
        name="AIよろず相談", channel="内線 31", hours="平日 10時〜16時", reply_within="2営業日"
    ),
    confidential_terms=("さくら棟移転",),
)

_RULE = Source("rules/kimari.md", "生成AIのきまり", Kind.RULE)
_NG = "やってはいけないこと"
_IF = "気をつければよいこと"
_GO = "おすすめの使い道"
_CHECK = "使い終わったら見直すこと"
_DESK = "迷ったとき"

_CLAUSES = {
    (ClauseKind.FORBIDDEN_INPUT, _NG): (
        "ご利用者・ご家族の氏名、住所、電話番号、病名など、その人とわかる情報を打ち込まない",
        "パスワードや認証情報を打ち込まない",
        "理事会で公表する前の決算や運営計画を打ち込まない",
        "個人アカウントの生成AIに業務の内容を打ち込まない",
    ),
    (ClauseKind.CONDITIONAL, _IF): (
        "ケア記録の言い回しを直すとき: 氏名を「Aさん」に置き換え、居室番号を消してから",
        "行事の写真の説明文: 写っている方の同意を得てから",
    ),
    (ClauseKind.ENCOURAGED, _GO): (
        "献立の案出しと買い物リスト",
        "会議の次第、回覧文、お便りの下書き",
    ),
    (ClauseKind.FINAL_CHECK, _CHECK): (
        "薬の名前と数字を原本と見比べたか",
        "ご利用者がわかる言葉が残っていないか",
    ),
    (ClauseKind.DESK, _DESK): ("迷ったらAIよろず相談(内線 31)へ。責めません",),
}


def _rules() -> list[Passage]:
    clauses = [(*key, text) for key, texts in _CLAUSES.items() for text in texts]
    return [
        Passage(f"r{n}", _RULE, n, (heading,), text, Clause(kind, heading))
        for n, (kind, heading, text) in enumerate(clauses)
    ]


def _faq(n: int, question: str, answer: str) -> Passage:
    source = Source("faqs/faq.csv", "AIよくある質問", Kind.FAQ)
    return Passage(f"f{n}", source, n, (), f"{question}\n{answer}", FaqPair(question, answer))


def _story(name: str, department: str, content: Story, text: str) -> Passage:
    source = Source(f"stories/{name}.md", content.task, Kind.STORY, (department,))
    return Passage(f"s-{name}", source, 0, (), text, content)


def _passages() -> list[Passage]:
    menu = "次の条件で献立を考えてください。\n人数: 【人数】\n使いたい食材: 【食材】"
    manual = Source("manuals/hajimete.md", "ひだまりGPTのはじめかた", Kind.MANUAL)
    return [
        *_rules(),
        _faq(0, "ひだまりGPTは夜勤中も使えますか", "はい。24時間使えます。"),
        _faq(1, "利用料はいくらですか", "1人あたり月300円を法人が負担します。"),
        _faq(2, "スマホからも使えますか", "貸与スマホだけで使えます。"),
        Passage(
            "m0", manual, 0, ("お便りの下書き",),
            "お便りの下書きは次の順で進めます。\n\n1. 伝えたいことを箇条書きで3つ書きます。\n"
            "2. 「ご家族あてのやさしい文で」と頼みます。\n3. 日付と数字を自分で入れ直します。",
            Prose(), 4,
        ),
        Passage("m1", manual, 1, ("ログイン",), "職員証の番号は使いません。画面右上から入ります。"),
        _story(
            "menu", "厨房課",
            Story("献立づくり", "ひだまりGPT", Measure("3時間", timedelta(hours=3)),
                  Measure("50分", timedelta(minutes=50)), "小椋 進", date(2026, 5, 1)),

                "毎週の献立を考えるのに3時間かかっていました。"

                    "\n\n食材と人数だけを伝えて案を5つ出してもらいました。"
                    "気に入った案を選び、献立表にまとめました。\n\n"
            "いまは50分で終わります。「迷う時間が減った」と調理員に言われました。",
        ),
        _story(
            "letter", "看護課",
            Story("お便り", "ひだまりGPT", Measure("90分", timedelta(minutes=90)),
                  Measure("20分", timedelta(minutes=20)), "三宅 歩", date(2026, 6, 1)),

                "健康だよりを書くのに90分かかっていました。\n\n見出しだけ決めて、"
                "お便りの本文を頼みました。\n\n20分になりました。",
        ),
        Passage(
            "t0", Source("templates/menu.md", "献立の案出し", Kind.TEMPLATE, ("厨房課",)), 0, (),

                f"一週間の献立に使います。"
                f"\n\n```text\n{menu}\n```\n\nご利用者の病名は書かず、"
                f"「減塩」とだけ書きます。",
            Template(menu, ("人数", "食材"), "献立"),
        ),
    ]  # fmt: skip


WITHDRAWN = Source(
    "rules/old.md", "生成AI仮ルール", Kind.RULE, status=Status.SUPERSEDED,
    status_reason="「生成AIのきまり」に置き換えました", updated=date(2025, 1, 6),
)  # fmt: skip


class SmallEngine:
    """Search by shared words, without vectors: enough to answer from ten passages."""

    def __init__(self, tokenizer, company=COMPANY, passages=None):
        self.tokenizer = tokenizer
        self.passages = _passages() if passages is None else passages
        self.queries = []
        rules = tuple(p for p in self.passages if isinstance(p.content, Clause))
        sources = dict.fromkeys(p.source.path for p in self.passages)
        by_path = {p.source.path: p.source for p in self.passages}
        self._snapshot = SimpleNamespace(
            version=Version(7, datetime(2026, 11, 1, tzinfo=UTC), "t", "", 1, len(self.passages)),
            company=company,
            documents=tuple(SimpleNamespace(source=by_path[path]) for path in sources),
            rules=rules,
            withdrawn=(WITHDRAWN,),
            vector_share=1.0,
            passages_of=lambda kind: tuple(p for p in self.passages if p.source.kind is kind),
            index=SimpleNamespace(
                ids=tuple(p.id for p in self.passages),
                keyword=SimpleNamespace(frequency=self._frequency),
            ),
        )
        self._terms = {
            p.id: set(tokenizer.terms(fold(f"{p.source.title} {p.headings} {p.text}")))
            for p in self.passages
        }

    def _frequency(self, piece):
        return sum(piece in fold(f"{p.source.title} {p.headings} {p.text}") for p in self.passages)

    def snapshot(self):
        return self._snapshot

    notice = ""

    def read(self, questions, texts):
        return None

    def search_timed(self, query, *, limit=30, snapshot=None):
        self.queries.append(query)
        asked = set(self.tokenizer.terms(fold(query.text)))
        weights = {term: self._idf(term) for term in asked}
        total = sum(weights.values()) or 1.0
        hits = []
        for passage in self.passages:
            found = sum(weights[term] for term in asked & self._terms[passage.id])
            if found:
                share = found / total
                own = 0.1 if query.department in passage.source.departments else 0.0
                hits.append(Hit(passage, share + own, bm25=found, coverage=share))
        best = sorted(hits, key=lambda hit: -hit.score)[:limit]
        return SearchResult(tuple(best), 0.0, 0.0)

    def _idf(self, term):
        n = sum(term in terms for terms in self._terms.values())
        return math.log(1 + (len(self.passages) - n + 0.5) / (n + 0.5))


@pytest.fixture(scope="session")
def tokenizer():
    return SudachiTokenizer()


@pytest.fixture(scope="session")
def engine(tokenizer):
    return SmallEngine(tokenizer)


@pytest.fixture(scope="session")
def assistant(engine, tokenizer):
    return Assistant(engine, tokenizer, lambda: date(2026, 11, 22))
