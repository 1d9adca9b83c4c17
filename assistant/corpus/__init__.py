"""From files to passages: reading, checking, publishing and versions."""
