"""A case as DX staff write it: the border models that are parsed once and make the JSON Schema."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from assistant.domain import Turn
from assistant.evals.case import (
    Author,
    Case,
    Expect,
    ForbiddenSpan,
    MustCite,
    Provenance,
    Qrel,
    Split,
)
from assistant.evals.suites.words import (
    AuthorWord,
    ClassWord,
    RoleWord,
    SplitWord,
    TypeWord,
    UnanswerableWord,
    VerdictWord,
)

Text = Annotated[str, Field(pattern=r"\S")]
"""Words that are really there: an empty one would be contained in every answer."""

Wording = Annotated[str, Field(pattern=r"\S"), WithJsonSchema({"type": ["string", "number"]})]
"""One wording of a fact; `[30, 三十]` may be written without quotation marks."""

_DOC = "文書の場所(文書フォルダから。例: rules/ai_rule.md)"


def _described(japanese: str) -> ConfigDict:
    """Return the settings of a model with the words that an editor shows for it."""
    return ConfigDict(extra="forbid", frozen=True, json_schema_extra={"description": japanese})


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AskerEntry(_Entry):
    """Who asked."""

    model_config = _described("質問した人")

    department: str = Field(
        default="", description="部署(company.yaml の名前)。空は「選んでいない」"
    )
    role: str = Field(default="", description="立場(例: 一般、管理職)")


class QrelEntry(_Entry):
    """A document that the answer rests on."""

    model_config = _described("答えの根拠になる文書と、その中の言葉")

    doc: Text = Field(description=_DOC)
    span: str = Field(default="", description="文書にある言葉を、そのまま。空は文書全体")
    grade: int = Field(
        default=1, ge=1, description="どれくらい役に立つか(1以上。大きいほど役に立つ)"
    )


class CiteEntry(_Entry):
    """A document that has to be cited."""

    model_config = _described("出典に出てほしい文書と、その引用")

    doc: Text = Field(description=_DOC)
    quote: str = Field(
        default="", description="引用に入っていてほしい言葉を、そのまま。空はどこでもよい"
    )


class ForbiddenEntry(_Entry):
    """Confidential words of the question."""

    model_config = _described("質問の中の、入力してはいけない言葉")

    category: ClassWord = Field(
        alias="class", description="種類(person は人名、company は会社名など)"
    )
    text: Text = Field(description="質問に書かれているとおりの言葉")


class ExpectEntry(_Entry):
    """What a right answer holds."""

    model_config = _described("正しい答えが持つもの。書かなかった項目は採点しません")

    verdict: VerdictWord | None = Field(
        default=None, description="判定: 禁止・条件付き・可・窓口・なし"
    )
    facts: tuple[Annotated[tuple[Wording, ...], Field(min_length=1)], ...] = Field(
        default=(),
        description='答えにあるべき事実。1つの事実を、言い方の並びで書く(例: [["30分", "三十分"]])',
    )
    must_cite: tuple[CiteEntry, ...] = Field(default=(), description="出典に出るべき文書と引用")
    must_not_cite: tuple[Text, ...] = Field(
        default=(), description="出典に出てはいけない文書の場所"
    )
    department: str = Field(default="", description="最初に出るべき事例の部署")
    template: str = Field(default="", description="渡されるべきテンプレートの場所")
    abstain: bool | None = Field(
        default=None, description="true: 「わかりません」と言うべき。false: 必ず答えるべき"
    )
    forbidden: tuple[ForbiddenEntry, ...] | None = Field(
        default=None, description="見つけるべき入力禁止の言葉。[] は「何も見つけてはいけない」"
    )
    must_not_contain: tuple[Text, ...] = Field(default=(), description="答えにあってはいけない言葉")


class TurnEntry(_Entry):
    """One earlier message."""

    model_config = _described("それまでの会話の1つ")

    role: RoleWord = Field(description="user は社員、assistant はAI")
    content: Text = Field(description="話した内容")


class ProvenanceEntry(_Entry):
    """Where a case comes from."""

    model_config = _described("この一問の出どころ")

    author: AuthorWord = Field(
        default=Author.HUMAN,
        description="human 人が書いた、synthetic 作った、incident 実際にあった",
    )
    source: str = Field(default="", description="何をもとにしたか")
    reviewed_by: str = Field(default="", description="確かめた人")
    written: date | None = Field(default=None, description="書いた日(例: 2026-11-22)")


class CaseEntry(_Entry):
    """One case of a suite file."""

    model_config = _described("評価の一問")

    id: str = Field(
        pattern=r"^[^\s#]+$",
        description="ほかと重ならない名前。空白と # は使えません(例: sales-weekly-001)",
    )
    question: Text = Field(description="社員が書くとおりの質問")
    type: TypeWord = Field(description="何を試すか")
    asker: AskerEntry = Field(default=AskerEntry(), description="質問した人の部署と立場")
    tags: tuple[Text, ...] = Field(default=(), description="しぼり込みに使う言葉")
    group: str = Field(default="", description="同じ文書や話題の問いをまとめる名前")
    qrels: tuple[QrelEntry, ...] = Field(default=(), description="根拠になる文書と、その中の言葉")
    expect: ExpectEntry = Field(default=ExpectEntry(), description="正しい答えが持つもの")
    unanswerable: UnanswerableWord | None = Field(
        default=None, description="答えられないわけ(type が unanswerable のときだけ)"
    )
    paraphrases: tuple[Text, ...] = Field(
        default=(), description="同じ意味の、ほかの言い方。判定といちばんの根拠が同じになるべき"
    )
    history: tuple[TurnEntry, ...] = Field(default=(), description="それまでの会話")
    provenance: ProvenanceEntry = Field(default=ProvenanceEntry(), description="出どころ")
    split: SplitWord = Field(
        default=Split.TEST, description="dev 調整用、test 本番、holdout は中身を報告に出さない"
    )


def case_of(entry: CaseEntry, *, suite: str, line: int) -> Case:
    """Return the entry as the case that the harness works with."""
    return Case(
        id=entry.id,
        question=entry.question,
        type=entry.type,
        department=entry.asker.department,
        role=entry.asker.role,
        tags=entry.tags,
        group=entry.group,
        qrels=tuple(Qrel(one.doc, one.span, one.grade) for one in entry.qrels),
        expect=_expect(entry.expect),
        unanswerable=entry.unanswerable,
        paraphrases=entry.paraphrases,
        history=tuple(Turn(turn.role, turn.content) for turn in entry.history),
        provenance=_provenance(entry.provenance),
        split=entry.split,
        suite=suite,
        line=line,
    )


def _expect(entry: ExpectEntry) -> Expect:
    return Expect(
        verdict=entry.verdict,
        facts=entry.facts,
        must_cite=tuple(MustCite(one.doc, one.quote) for one in entry.must_cite),
        must_not_cite=entry.must_not_cite,
        department=entry.department,
        template=entry.template,
        abstain=entry.abstain,
        forbidden=None
        if entry.forbidden is None
        else tuple(ForbiddenSpan(one.category, one.text) for one in entry.forbidden),
        must_not_contain=entry.must_not_contain,
    )


def _provenance(entry: ProvenanceEntry) -> Provenance:
    return Provenance(
        author=entry.author,
        source=entry.source,
        reviewed_by=entry.reviewed_by,
        written=entry.written,
    )
