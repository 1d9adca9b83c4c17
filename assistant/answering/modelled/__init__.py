"""An answer in a chat model's words, of which only what the documents bear is shown."""
