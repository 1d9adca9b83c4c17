"""«May I?» questions from the clauses of the current rules, in the voices of employees."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.domain import Clause, ClauseKind, Kind, Passage, VerdictKind
from assistant.evals.case import Case, CaseType, Expect, MustCite, Qrel
from assistant.evals.generated.case import Asking, current_documents, made_case
from assistant.evals.references import References

_VERDICTS: Mapping[ClauseKind, VerdictKind] = {
    ClauseKind.FORBIDDEN_INPUT: VerdictKind.PROHIBITED,
    ClauseKind.CONDITIONAL: VerdictKind.CONDITIONAL,
    ClauseKind.ENCOURAGED: VerdictKind.ALLOWED,
}

_FRAMES: Mapping[ClauseKind, tuple[str, ...]] = {
    ClauseKind.FORBIDDEN_INPUT: (
        "{}ってAIに入れていいの?",
        "{}をAIに貼り付けても大丈夫ですか",
        "{}、AIに打ち込んでもかまへん?",
    ),
    ClauseKind.CONDITIONAL: (
        "{}にAIを使っていいですか",
        "{}、AIでやってもええの?",
        "{}ってAI使ってOK?",
    ),
    ClauseKind.ENCOURAGED: (
        "{}にAIを使っていいですか",
        "{}、AIに頼んでもええかな",
        "{}ってAIにやらせてOK?",
    ),
}
"""How colleagues ask for leave; {} stands for the clause's own words."""

_SUBJECTS_PER_CLAUSE = 3
"""First items of a list: a clause with twenty does not outweigh the others."""

_LONGEST_SUBJECT = 30
"""Characters; nobody types a longer one."""

_ASIDE = re.compile(r"[((〔\[][^))〕\]]*[))〕\]]")
_ALWAYS = re.compile(r"いかなる場合(?:に)?も|絶対に|決して|けっして")
_TERMS = re.compile(r"条件|限り|限る|場合|のみ|だけ|禁止|許可|承認|ただし|除")
"""An aside or a tail that takes back a part of what the clause says."""
_LABELLED = re.compile(r"^(?P<label>[^::、]{1,40})[::]\s*(?P<rest>.+)$")
_TOPIC = re.compile(r"^(.{2,40}?)は、")
_NO_TOPIC = re.compile(r"(?:場合|とき|時|際|[当あ]たって)に?$|[者員人](?:等|ら|たち|達)?$")
"""A head that says when or who, not what."""
_REFERENCE = re.compile(r"前項|前条|次項|次条|各号|本条|[\d一二三四五六七八九十]の条件")
_MARK = 3
"""Characters of a label such as 「OK」 or 「要相談」: a mark; what follows it is the subject."""
_MUST_NOT = re.compile(
    r"^(?P<te>.+[てで])は(?:ならない|なりません|いけない|いけません|ならず|だめ|ダメ)"
    r"|^(?P<do>.+?)(?:しない|しません|することを禁)"
)
_PREDICATE = re.compile(
    r"(?:[るくすうつぬむぐぶ]|ない|ません|ます|です|ください|こと|た|たい|よい|いい)[ねよか]?$"
)
_AND_SO_ON = re.compile(r"(?:など|等|その他|(?<!こ)と|や|および|及び|または|又は)$")
_MARKS = re.compile(r"^[\s\-・*●○■□※]+|^(?:\d+[.)、.)]|[①-⑳])\s*|[。.;!!\s]+$")


@dataclass(frozen=True, slots=True)
class _Clause:
    passage: Passage
    kind: ClauseKind

    @property
    def gold(self) -> Qrel:
        return Qrel(self.passage.source.path, self.passage.text)


def rule_cases(references: References) -> Iterator[Case]:
    """Yield a question in every voice for what each clause names; odd clauses are left out."""
    for clause in _clauses(references):
        audience = clause.passage.source.audience
        asker = audience[0] if audience else ""
        for question in _questions(clause):
            yield made_case(
                "rule",
                Asking(question, CaseType.RULE, asker),
                gold=clause.gold,
                expect=Expect(
                    verdict=_VERDICTS[clause.kind],
                    must_cite=(MustCite(clause.gold.doc, clause.gold.span),),
                    abstain=False,
                ),
            )


def _clauses(references: References) -> Iterator[_Clause]:
    for document in current_documents(references, Kind.RULE):
        for passage in document.passages:
            content = passage.content
            if isinstance(content, Clause) and content.clause in _VERDICTS:
                yield _Clause(passage, content.clause)


def _questions(clause: _Clause) -> Iterator[str]:
    text = _MARKS.sub("", clause.passage.text.strip())
    first = _ALWAYS.sub("", _ASIDE.sub("", text).split("。")[0])
    if "\n" in text or "|" in text or _REFERENCE.search(first):
        return
    banned = _MUST_NOT.match(first)
    if clause.kind is ClauseKind.FORBIDDEN_INPUT and banned:
        yield _asked_back(banned)
        return
    for subject in _subjects(text, clause.kind):
        for frame in _FRAMES[clause.kind]:
            yield frame.format(subject)


def _asked_back(banned: re.Match[str]) -> str:
    """«住所を入力してはならない» → «住所を入力してもいい?»."""
    return f"{banned['te']}もいい?" if banned["te"] else f"{banned['do']}してもいい?"


def _subjects(text: str, kind: ClauseKind) -> list[str]:
    """Return the things that a clause names, in its own words and order."""
    listed = _listed(_ASIDE.sub("", text), kind)
    with_terms = kind is ClauseKind.ENCOURAGED and any(map(_TERMS.search, _ASIDE.findall(text)))
    if not listed or with_terms:
        return []
    items = (_AND_SO_ON.sub("", item.strip()) for item in re.split("[、,]", listed))
    return [item for item in items if _is_thing(item)][:_SUBJECTS_PER_CLAUSE]


def _listed(text: str, kind: ClauseKind) -> str:
    """Return the part that names things; empty for whole sentences, whose subject is a guess."""
    labelled = _LABELLED.match(text)
    if labelled and len(labelled["label"]) > _MARK:
        return labelled["label"]
    rest = labelled["rest"] if labelled else text
    topic = _TOPIC.match(rest)
    if kind is ClauseKind.CONDITIONAL and topic:
        return "" if _NO_TOPIC.search(topic[1]) else topic[1]
    needs_terms = kind is ClauseKind.CONDITIONAL and not labelled
    return "" if needs_terms or "。" in rest or _PREDICATE.search(rest) else rest


def _is_thing(item: str) -> bool:
    return 2 <= len(item) <= _LONGEST_SUBJECT and not _PREDICATE.search(item)
