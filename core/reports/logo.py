"""A brand's logo: a small PNG or JPEG, written anew so that nothing but the picture is in it."""

from __future__ import annotations

import io
import warnings

from core.errors import refusal

LARGEST = 500_000  # bytes that are looked at
_MOST_PIXELS = 16_000_000
_WIDEST, _HIGHEST = 800, 240  # pixels; as large as any format shows it, twice over
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def checked_logo(data: bytes) -> bytes:
    """Return the picture as a small PNG, or nothing for nothing.

    Raises:
        PlumblineError: `logo-too-large`, `logo-not-a-picture`.
    """
    if not data:
        return b""
    if len(data) > LARGEST:
        raise refusal("logo-too-large", "The logo is larger than 500 kB.", "Save it smaller and try again.")
    if not media_type(data):
        raise _no_picture()
    return _written_anew(data)


def media_type(data: bytes) -> str:
    """Return image/png or image/jpeg by the first bytes; '' for anything else."""
    if data.startswith(_PNG):
        return "image/png"
    return "image/jpeg" if data.startswith(_JPEG) else ""


def _written_anew(data: bytes) -> bytes:
    """Return the picture without whatever else was in the file: places, thumbnails, hidden text."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise _no_picture()
                drawn = picture.convert("RGBA")
        drawn.thumbnail((_WIDEST, _HIGHEST))
        out = io.BytesIO()
        drawn.save(out, format="PNG", optimize=True)
    except (OSError, ValueError, SyntaxError, Warning, EOFError) as problem:
        raise _no_picture() from problem
    return out.getvalue()


def _no_picture() -> Exception:
    return refusal(
        "logo-not-a-picture",
        "The logo is not a PNG or JPEG picture that can be read.",
        "Save it as PNG or JPEG and try again.",
    )
