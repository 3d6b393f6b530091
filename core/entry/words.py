"""Counting in sentences: one video, two videos."""


def counted(count: int, word: str) -> str:
    """Return a number with its word, for instance `1 video` or `1,200 videos`.

    Args:
        count: zero or more.
        word: the singular of a word that takes an s.
    """
    return f"{count:,} {word}{'' if count == 1 else 's'}"
