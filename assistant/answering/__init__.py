"""From a question to a cited answer: guard, rewrite, evidence, verdict, writing, citations."""
