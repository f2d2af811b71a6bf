"""The assistant over the five documents, opened once for all tests that need it."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from index.builder import build
from index.config import ROOT, Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The documents and the index that `make index` builds, whatever the shell names."""
    return Settings(policies=ROOT / "policies_text", data=ROOT / ".policydesk", _env_file=None)


@pytest.fixture(scope="session")
def assistant(settings: Settings) -> Assistant:
    """Loads the embedding model: only for tests marked slow."""
    build(settings)
    return Assistant.open(settings)
