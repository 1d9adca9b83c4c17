"""Whether a case fits the corpus and itself: a gold that cannot be right is refused, not scored."""

from collections.abc import Iterator, Mapping

from assistant.corpus.names import near_matches, resolve_departments
from assistant.domain import Kind, Problem
from assistant.evals.case import GENERATED_PREFIX, CaseType, Split
from assistant.evals.references import References, squeezed
from assistant.evals.suites.border import Place, Placed
from assistant.evals.suites.entries import ExpectEntry


class SuiteChecker:
    """Checks cases against the documents as they are read now."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._texts: dict[str, str] = {}

    def problems(self, placed: Placed) -> Iterator[Problem]:
        """Yield everything that is wrong with an entry besides its shape."""
        yield from self._departments(placed)
        yield from self._documents(placed)
        if placed.entry.id.startswith(GENERATED_PREFIX):
            reason = f"id「{placed.entry.id}」は使えません"
            remedy = f"「{GENERATED_PREFIX}」で始まる id は、資料から作る問いのものです"
            yield placed.problem(("id",), reason, remedy)
        if not placed.problems:
            yield from _forbidden(placed)
            yield from _paraphrases(placed)
            yield from _contradictions(placed)

    def department(self, text: str) -> str:
        """Return the department by its full name; what is unknown stays as it is."""
        names = resolve_departments([text], self._references.company).names
        return names[0] if names else text

    def _departments(self, placed: Placed) -> Iterator[Problem]:
        entry = placed.entry
        known = [one.name for one in self._references.company.departments]
        places: tuple[tuple[Place, str], ...] = (
            (("asker", "department"), entry.asker.department),
            (("expect", "department"), entry.expect.department),
        )
        for place, text in places:
            if text and self.department(text) not in known:
                near = near_matches(text, known)
                hint = f"「{near[0]}」ではありませんか。" if near else ""
                remedy = f"{hint}company.yaml の部署: {'、'.join(known)}"
                yield placed.problem(place, f"部署「{text}」は company.yaml にありません", remedy)

    def _documents(self, placed: Placed) -> Iterator[Problem]:
        expect = placed.entry.expect
        for number, qrel in enumerate(placed.entry.qrels):
            yield from self._words(placed, ("qrels", number), "span", (qrel.doc, qrel.span))
        for number, cite in enumerate(expect.must_cite):
            place = ("expect", "must_cite", number)
            yield from self._words(placed, place, "quote", (cite.doc, cite.quote))
        for number, path in enumerate(expect.must_not_cite):
            yield from self._document(placed, ("expect", "must_not_cite", number), path)
        if expect.template:
            yield from self._template(placed, expect.template)

    def _words(
        self, placed: Placed, place: Place, name: str, wanted: tuple[str, str]
    ) -> Iterator[Problem]:
        path, words = wanted
        if path not in self._references.documents:
            yield from self._document(placed, (*place, "doc"), path)
            return
        text = self._text(path)
        needle = squeezed(words)
        if needle not in text:
            reason = f"{name}「{words}」は {path} にありません"
            yield placed.problem((*place, name), reason, _longest(needle, text))

    def _document(self, placed: Placed, place: Place, path: str) -> Iterator[Problem]:
        documents = self._references.documents
        if path in documents:
            return
        titled = [one.source.path for one in documents.values() if one.source.title == path]
        near = titled or near_matches(path, sorted(documents))
        remedy = (
            f"「{near[0]}」ではありませんか" if near else "文書フォルダからの場所を書いてください"
        )
        yield placed.problem(place, f"文書「{path}」がありません", remedy)

    def _template(self, placed: Placed, path: str) -> Iterator[Problem]:
        document = self._references.document(path)
        place = ("expect", "template")
        if document is None:
            yield from self._document(placed, place, path)
        elif document.source.kind is not Kind.TEMPLATE:
            remedy = "テンプレートの場所を書いてください(例: templates/weekly-report.md)"
            yield placed.problem(place, f"「{path}」はテンプレートではありません", remedy)

    def _text(self, path: str) -> str:
        """Return the document's passages as one squeezed text: a span may cross blocks."""
        if path not in self._texts:
            document = self._references.documents[path]
            self._texts[path] = squeezed("\n".join(one.text for one in document.passages))
        return self._texts[path]


def _longest(needle: str, text: str) -> str:
    """Say how far the words agree with the document: usually one character is off."""
    length = next((n for n in range(len(needle), 0, -1) if needle[:n] in text), 0)
    if length < min(4, len(needle)):
        return "文書の言葉を、そのまま写してください"
    return f"「{needle[:length]}」までは文書にあります。続きをそのまま写してください"


def _forbidden(placed: Placed) -> Iterator[Problem]:
    for number, span in enumerate(placed.entry.expect.forbidden or ()):
        if span.text not in placed.entry.question:
            reason = f"入力禁止の「{span.text}」は質問に書かれていません"
            remedy = "質問にあるとおりの言葉(全角・半角も同じ)にしてください"
            yield placed.problem(("expect", "forbidden", number), reason, remedy)


def _paraphrases(placed: Placed) -> Iterator[Problem]:
    seen = {placed.entry.question.strip()}
    for number, text in enumerate(placed.entry.paraphrases):
        if text.strip() in seen:
            reason = f"言いかえ「{text}」が、質問かほかの言いかえと同じです"
            yield placed.problem(("paraphrases", number), reason, "ほかの言い方にしてください")
        seen.add(text.strip())


_NOT_WITH_ABSTAIN: Mapping[str, str] = {
    "facts": "答えるべき事実",
    "must_cite": "出典に出るべき文書",
    "template": "渡すべきテンプレート",
}


def _contradictions(placed: Placed) -> Iterator[Problem]:
    entry, expect = placed.entry, placed.entry.expect
    if expect.abstain:
        for name, meaning in _NOT_WITH_ABSTAIN.items():
            if getattr(expect, name):
                reason = f"「わかりません」が正解(abstain: true)なのに、{meaning}({name})があります"
                yield placed.problem(("expect", name), reason, "どちらかにしてください")
    yield from _unanswerable(placed)
    both = {one.doc for one in expect.must_cite} & set(expect.must_not_cite)
    for path in sorted(both):
        reason = f"{path} が must_cite と must_not_cite の両方にあります"
        yield placed.problem(("expect", "must_not_cite"), reason, "どちらかにしてください")
    for number, wordings in enumerate(expect.facts):
        if all(any(bad in word for bad in expect.must_not_contain) for word in wordings):
            reason = f"事実「{wordings[0]}」が must_not_contain の言葉を含みます"
            yield placed.problem(("expect", "facts", number), reason, "どちらかを直してください")
    if entry.type is CaseType.HARMLESS and expect.forbidden:
        reason = "harmless なのに、見つけるべき入力禁止の言葉があります"
        yield placed.problem(
            ("expect", "forbidden"), reason, "type を forbidden_input にしてください"
        )
    if entry.type is CaseType.FORBIDDEN_INPUT and not expect.forbidden:
        reason = "forbidden_input なのに、見つけるべき言葉がありません"
        yield placed.problem(("type",), reason, "expect の forbidden に書いてください")
    if entry.split is not Split.DEV and not _expects_anything(placed):
        reason = "正解が1つも書かれていないので、何も確かめられません"
        yield placed.problem(("id",), reason, "expect か qrels を書くか、split: dev にしてください")


def _unanswerable(placed: Placed) -> Iterator[Problem]:
    entry = placed.entry
    if (entry.type is CaseType.UNANSWERABLE) != (entry.unanswerable is not None):
        reason = "type: unanswerable と unanswerable(答えられないわけ)は、両方いっしょに書きます"
        remedy = "足りないほうを足すか、両方やめてください"
        yield placed.problem(("unanswerable",), reason, remedy)
    elif entry.unanswerable is not None and entry.expect.abstain is not True:
        reason = "答えられない問いなのに abstain: true がありません"
        yield placed.problem(("type",), reason, "expect に abstain: true を書いてください")


def _expects_anything(placed: Placed) -> bool:
    entry = placed.entry
    return bool(entry.qrels or entry.paraphrases) or entry.expect != ExpectEntry()
