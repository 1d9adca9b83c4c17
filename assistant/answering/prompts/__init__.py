"""What a chat model is told, in Japanese; a change shows up in the eval's prompt hash."""
