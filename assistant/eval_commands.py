"""`katsuyo eval …`: argv -> one call -> print."""
