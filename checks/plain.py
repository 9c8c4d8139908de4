"""YAML read as plain data: by the parser in C where PyYAML has it, which opens all sheets in a tenth of the time."""

from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # both build plain values only and run nothing


def plain(text: str) -> Any:
    """Return what a YAML text says. Raises yaml.YAMLError where it is none, ValueError for a day that does not exist."""
    loader = _LOADER(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
