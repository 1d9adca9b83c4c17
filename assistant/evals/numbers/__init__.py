"""Numbers in Japanese text: how they are written, what they count, what bears them out."""
