"""The corpus folder as the scorer reads it: by itself, not out of any target's index."""

from collections.abc import Iterable
from pathlib import Path

from assistant.adapters.readers import default_readers
from assistant.app import App
from assistant.corpus.publishing.versions import load_state
from assistant.corpus.reading import read_corpus
from assistant.domain import Document
from assistant.evals.references import References
from assistant.evals.targets.in_process import has_store


def load_references(corpus_dir: Path, *, known: Iterable[Document] = ()) -> References:
    """Return company and documents of `corpus_dir`. Raises SettingsError.

    Documents of `known` with the digest of a file are taken as they are: parsing the sample
    company's manuals takes half of the 4 s that its corpus takes.
    """
    reading = read_corpus(
        corpus_dir,
        readers=default_readers(),
        known={document.digest: document for document in known},
    )
    return References(
        reading.company, {document.source.path: document for document in reading.documents}
    )


def published_documents(app: App) -> tuple[Document, ...]:
    """Return the documents of the live version of `app`: the store keeps them as they were read."""
    if not has_store(app):
        return ()
    return load_state(app.store, app.store.live()).documents
