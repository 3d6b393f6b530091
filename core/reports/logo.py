"""A brand's logo: only a small PNG or JPEG gets into a report."""

from __future__ import annotations

from core.errors import refusal

LARGEST = 500_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def checked_logo(data: bytes) -> bytes:
    """Return the picture, or nothing for nothing.

    Raises:
        PlumblineError: `logo-too-large`, `logo-not-a-picture`.
    """
    if not data:
        return b""
    if len(data) > LARGEST:
        raise refusal("logo-too-large", "The logo is larger than 500 kB.", "Save it smaller and try again.")
    if not media_type(data):
        raise refusal(
            "logo-not-a-picture", "The logo is neither a PNG nor a JPEG picture.", "Save it as PNG or JPEG."
        )
    return data


def media_type(data: bytes) -> str:
    """Return image/png or image/jpeg by the first bytes; '' for anything else."""
    if data.startswith(_PNG):
        return "image/png"
    return "image/jpeg" if data.startswith(_JPEG) else ""
