"""From passages to hits: keyword and dense legs, fused, on one version at a time."""
