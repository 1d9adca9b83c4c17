"""判定: from a question and the clauses of the current rule to what the rule says of it."""
