"""What a run was made of, as hashes: which two runs may be compared."""

import dataclasses
import hashlib
import json

from assistant import __version__
from assistant.evals.case import Suite
from assistant.evals.references import References
from assistant.evals.results import Fingerprint


def fingerprint(suite: Suite, references: References, *, target: str) -> Fingerprint:
    """Return the fingerprint of a run of `suite` over `references` against `target`."""
    return Fingerprint(
        corpus=corpus_digest(references),
        cases=dict(suite.digests),
        product=__version__,
        target=target,
    )


def corpus_digest(references: References) -> str:
    """Return SHA-256 over company.yaml's values and the digests of all documents by path."""
    company = json.dumps(dataclasses.asdict(references.company), ensure_ascii=False, sort_keys=True)
    lines = [company] + [
        f"{path}\t{document.digest}" for path, document in sorted(references.documents.items())
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
