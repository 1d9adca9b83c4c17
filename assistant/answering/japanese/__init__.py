"""Words as people write and say them: dialect, readings, short forms, and what a topic is."""
