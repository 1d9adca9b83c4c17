"""What tests of the guard expect of a sentence."""

from assistant.answering.guard.inspect import Guard
from assistant.domain import Category


def assert_kept_back(guard: Guard, text: str, words: str, category: Category) -> None:
    """Fail unless `words` do not go on, and are told for what they are."""
    inspection = guard.inspect(text)
    assert words not in inspection.safe_text
    assert category in {finding.category for finding in inspection.findings}
