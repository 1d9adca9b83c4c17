"""Chat models and embedders behind any OpenAI-compatible endpoint."""
