"""Katsuyo (活用ナビ): may I, how, who near me did it, the template to copy; every claim cited."""

__version__ = "0.1.0"
