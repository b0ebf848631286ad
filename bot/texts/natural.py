"""The order people expect: СОШ № 2 before СОШ № 11."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from natsort import natsort_keygen, ns

T = TypeVar("T")
_key = natsort_keygen(alg=ns.IGNORECASE)


def by_name(things: Iterable[T], name: Callable[[T], str]) -> list[T]:
    return sorted(things, key=lambda thing: _key(name(thing)))
