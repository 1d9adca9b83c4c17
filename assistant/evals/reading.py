"""The corpus folder as the scorer reads it: by itself, not out of any target's index."""

from collections.abc import Iterable
from pathlib import Path

from assistant.adapters.readers import default_readers
from assistant.app import App
from assistant.corpus.reading import read_corpus
from assistant.corpus.versions import load_state
from assistant.domain import Document
from assistant.evals.references import References


def load_references(corpus_dir: Path, *, known: Iterable[Document] = ()) -> References:
    """Return company and documents of `corpus_dir`. Raises SettingsError.

    Documents of `known` with the digest of a file are taken as they are: parsing the sample
    company's PDF and Office files takes 3 s, taking them over 0.1 s.
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
    """Return the documents of the live version of `app`; none before the first publish."""
    return load_state(app.store, app.store.live()).documents
