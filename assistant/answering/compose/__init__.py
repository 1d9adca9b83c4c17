"""Writing without a model: every sentence is a piece of a passage, or says what is missing."""
