"""A reading as text and back: a finished experiment shows what was read on that day, for good."""

from __future__ import annotations

import json
import math
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from core.experiments import model, reading_model
from core.experiments.reading_model import Reading

_NAMES = {**vars(model), **vars(reading_model), "Mapping": Mapping}


def freeze(reading: Reading) -> str:
    """Return a reading as JSON; infinite ends are kept as words."""
    return json.dumps(_plain(reading), ensure_ascii=False)


def thaw(text: str) -> Reading:
    """Return the reading behind the JSON of `freeze`; what a later version added has its default."""
    found: Reading = _built(Reading, json.loads(text))
    return found


def _plain(value: Any) -> Any:  # whatever a reading is made of, as JSON knows it
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _built(kind: Any, value: Any) -> Any:  # the type decides what is built
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _built(next(one for one in get_args(kind) if one is not type(None)), value)
    if origin is tuple:
        return tuple(_built(get_args(kind)[0], one) for one in value)
    if origin is not None and issubclass(origin, Mapping):
        return {key: _built(get_args(kind)[1], one) for key, one in value.items()}
    if is_dataclass(kind):
        hints = get_type_hints(kind, localns=_NAMES)
        known = {name: _built(hint, value[name]) for name, hint in hints.items() if name in value}
        return kind(**known)  # type: ignore[operator]  # a class, as `is_dataclass` has found
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    return float(value) if kind is float else value
