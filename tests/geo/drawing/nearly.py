"""Approximate figures for comparisons inside tuples and lists, which a type checker takes for impossible."""

from typing import Any

import pytest


def about(value: float, rel: float | None = None) -> Any:
    """Return what equals a figure within a share of it (one in a million unless told)."""
    return pytest.approx(value, rel=rel)
