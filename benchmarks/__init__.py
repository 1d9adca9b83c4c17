"""What the product costs and how well it finds, beside what one would pick instead."""

from assistant.app import quiet_vendors

quiet_vendors()  # before numpy is loaded, as katsuyo itself does it: its threads are settled then
