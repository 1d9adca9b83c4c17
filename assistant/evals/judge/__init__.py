"""The optional LLM judge: asked twice, checked by code, calibrated, never the only gate."""
