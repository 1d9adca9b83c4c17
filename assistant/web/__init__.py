"""The page: Gradio on FastAPI, nothing fetched from another host."""
