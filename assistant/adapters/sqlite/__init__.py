"""The store: versions, documents, vectors and what was asked, in one SQLite file."""
