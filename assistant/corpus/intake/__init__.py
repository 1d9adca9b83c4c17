"""下書き: what DX staff hand in on the page, from the file dropped to its place in the corpus."""
