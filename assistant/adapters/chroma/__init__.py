"""The vector index in Chroma, probed at start and rebuilt when its files are damaged."""
