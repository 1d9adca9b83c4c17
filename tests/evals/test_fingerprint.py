"""The fingerprint of a run changes when, and only when, its corpus or a case does."""

from dataclasses import replace

from assistant.domain import Company, Department, Document, Kind, Source
from assistant.evals.case import Suite
from assistant.evals.fingerprint import corpus_digest, fingerprint
from assistant.evals.references import References


def document(path, digest):
    return Document("id", Source(path, "題", Kind.FAQ), (), digest)


COMPANY = Company("見本社", (Department("営業部"),))
FOLDER = References(COMPANY, {"a.md": document("a.md", "1"), "b.md": document("b.md", "2")})


def test_the_order_of_the_documents_changes_nothing():
    turned = References(COMPANY, dict(reversed(FOLDER.documents.items())))

    assert corpus_digest(turned) == corpus_digest(FOLDER)


def test_a_changed_document_or_company_is_another_corpus():
    edited = References(COMPANY, {**FOLDER.documents, "a.md": document("a.md", "3")})
    renamed = References(COMPANY, {"c.md": FOLDER.documents["a.md"], "b.md": document("b.md", "2")})
    reorganised = References(replace(COMPANY, confidential_terms=("北風",)), FOLDER.documents)

    others = {corpus_digest(one) for one in (FOLDER, edited, renamed, reorganised)}
    assert len(others) == 4


def test_it_holds_every_case_and_the_target():
    found = fingerprint(Suite((), {"c-1": "d"}), FOLDER, target="inprocess")

    assert (found.cases, found.target) == ({"c-1": "d"}, "inprocess")
    assert found.product
