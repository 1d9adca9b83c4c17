"""Settings -> what talks to an OpenAI-compatible endpoint."""

from assistant.adapters.openai.chat import ChatLimits, OpenAIChat
from assistant.adapters.openai.embedder import OpenAIEmbedder
from assistant.adapters.openai.endpoint import Endpoint
from assistant.settings import Settings


def open_chat(settings: Settings) -> OpenAIChat:
    """Return the chat model that the settings name; nothing is sent yet. Raises SettingsError."""
    endpoint = Endpoint(
        base_url=settings.llm_base_url,
        model=settings.llm_model,
        api_key=settings.llm_api_key.get_secret_value(),
        api_version=settings.llm_api_version,
        ca_bundle=settings.llm_ca_bundle,
        proxy=settings.llm_proxy.get_secret_value(),
    )
    limits = ChatLimits(
        context_window=settings.llm_context_window,
        max_tokens=settings.llm_max_tokens,
        first_token_seconds=settings.llm_first_token_seconds,
    )
    return OpenAIChat(endpoint, limits)


def open_embedder(settings: Settings) -> OpenAIEmbedder:
    """Return the remote embedder that the settings name; nothing is sent yet."""
    endpoint = Endpoint(
        base_url=settings.embedding_base_url,
        model=settings.embedding_model,
        api_key=settings.embedding_api_key.get_secret_value(),
        api_version=settings.embedding_api_version,
        ca_bundle=settings.llm_ca_bundle,
        proxy=settings.llm_proxy.get_secret_value(),
        role="意味検索のAI",
    )
    return OpenAIEmbedder(endpoint, dim=settings.embedding_dim)
