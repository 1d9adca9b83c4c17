"""Broken assistants on purpose: each must fail in the metric that is named for it."""
