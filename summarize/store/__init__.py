"""The model store: finds a model by name or path, fetches and verifies its files, keeps what engines make of them."""

from summarize.store.card import (
    DEFAULT_MODEL,
    Card,
    HubSource,
    ModelFile,
    PathSource,
    PypiSource,
    WheelPart,
    find_card,
    list_cards,
)
from summarize.store.files import Progress
from summarize.store.local import LocalModel, cache_directory, is_present, prepared, remove, resolve, verify

__all__ = [
    "DEFAULT_MODEL",
    "Card",
    "HubSource",
    "LocalModel",
    "ModelFile",
    "PathSource",
    "Progress",
    "PypiSource",
    "WheelPart",
    "cache_directory",
    "find_card",
    "is_present",
    "list_cards",
    "prepared",
    "remove",
    "resolve",
    "verify",
]
