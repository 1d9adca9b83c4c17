"""Does a Chroma folder still answer rightly? Run as a script, in a process that may crash.

Damaged HNSW files give wrong answers without an error, or end the process with SIGSEGV (chroma
issues 7238, 6949): so nobody opens a folder of unknown state in a process that matters.
Arguments: folder, collection, .npz file with the true `ids` and `vectors`. Exit code 0 = sound.
Imports nothing of ours: it must start fast and from anywhere.
"""

import sys

TOLERANCE = 1e-3
"""Float32 distances of unit vectors differ by less than 1e-5 between Chroma and numpy."""

QUERIES = 32
ALLOWED_MISSES = 2
"""HNSW is approximate: recall was ≥ .999 at 100,000 vectors."""

NEIGHBOURS = 10


def main(folder: str, collection_name: str, truth_file: str) -> int:
    """Return 0 if the collection holds the true vectors and finds them, else 1."""
    import chromadb
    import numpy as np
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=folder, settings=Settings(anonymized_telemetry=False))
    collection = client.get_collection(collection_name, embedding_function=None)
    count = collection.count()
    if count == 0:
        return 0
    with np.load(truth_file) as truth:
        true = dict(zip(truth["ids"].tolist(), truth["vectors"], strict=True))
    held = collection.get(ids=list(true), include=["embeddings"])
    if not held["ids"]:
        return 1
    stored = np.asarray(held["embeddings"], dtype=np.float32)
    expected = np.stack([true[record] for record in held["ids"]])
    if stored.shape != expected.shape or not np.allclose(stored, expected, atol=TOLERANCE):
        return 1
    asked = expected[:: max(1, len(expected) // QUERIES)]
    wanted = min(NEIGHBOURS, count)
    answers = collection.query(query_embeddings=asked, n_results=wanted, include=["distances"])
    short = sum(len(ids) < wanted for ids in answers["ids"])
    far = sum(not near or near[0] > TOLERANCE for near in answers["distances"])
    return 0 if short == 0 and far <= ALLOWED_MISSES else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
