"""Whether to answer at all: how sure it is that what was found answers the question."""
