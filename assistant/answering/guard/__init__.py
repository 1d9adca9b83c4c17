"""The guard: finds 入力禁止 in what a person typed, before anything else sees it."""
