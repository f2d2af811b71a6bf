"""The language model of the settings: any server that speaks the OpenAI protocol. The only file that knows a vendor's client.

>>> build_model(Settings(llm_model="")) is None
True
"""

from __future__ import annotations

from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from index.config import Settings
from index.errors import ConfigError


def build_model(settings: Settings) -> BaseChatModel | None:
    """The chat model that the settings name; None where they name none. Nothing is sent yet.

    Raises:
        ConfigError: there is no address, or the client is not installed.
    """
    if not settings.llm_model:
        return None
    if not settings.llm_base_url:
        raise ConfigError(
            "POLICYDESK_LLM_MODEL is set, POLICYDESK_LLM_BASE_URL is not. Give the address of the server, "
            "for example http://127.0.0.1:8080/v1, or leave the model empty to work without one."
        )
    try:
        # The class that sends `max_tokens`, which every compatible server knows; ChatOpenAI sends a newer name that few do.
        from langchain_openai.chat_models.base import BaseChatOpenAI
    except ImportError as error:
        raise ConfigError(
            "POLICYDESK_LLM_MODEL is set, but the client for language models is not installed. Install it with: make llm"
        ) from error
    return BaseChatOpenAI(
        model=settings.llm_model,
        base_url=settings.llm_base_url,
        api_key=settings.llm_api_key if settings.llm_api_key.get_secret_value() else SecretStr("none"),  # the client insists on one
        timeout=settings.llm_timeout / (settings.llm_retries + 1),
        max_retries=settings.llm_retries,
        max_tokens=settings.llm_max_tokens,
        temperature=0.0,
        use_responses_api=False,
        stream_usage=False,
    )
