"""The next version: what changes, what is built, what goes live, and what it was before."""
