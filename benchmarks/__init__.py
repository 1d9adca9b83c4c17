"""What the product costs and how well it finds, beside what one would pick instead."""
