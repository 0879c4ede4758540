"""Small sets of words, written as one reads them."""

from functools import cache


@cache
def these(words):
    """ "he she they" as a set, made once."""
    return frozenset(words.split())
