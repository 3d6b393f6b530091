"""A brand's logo: a small picture, drawn anew so that nothing but the picture is in it."""

from __future__ import annotations

import io
import warnings

from core.errors import refusal

LARGEST = 1_000_000  # bytes that are looked at
_MOST_PIXELS = 16_000_000
_WIDEST, _HIGHEST = 800, 240  # pixels; as large as any format shows it, twice over
_FORMATS = ("PNG", "JPEG", "WEBP")
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def checked_logo(data: bytes) -> bytes:
    """Return the picture as a small PNG, or nothing for nothing.

    Raises:
        PlumblineError: as `drawn_anew`.
    """
    return drawn_anew(data) if data else b""


def drawn_anew(data: bytes) -> bytes:
    """Return the picture as a small PNG without whatever else was in the file: places, hidden text.

    Args:
        data: a PNG, JPEG or WebP file.

    Raises:
        PlumblineError: `logo-too-large`, `logo-not-a-picture`.
    """
    from PIL import Image

    if len(data) > LARGEST:
        raise refusal("logo-too-large", "The logo is larger than 1 MB.", "Save it smaller and try again.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise _no_picture()
                drawn = picture.convert("RGBA")
        drawn.thumbnail((_WIDEST, _HIGHEST))
        bare = Image.new("RGBA", drawn.size)  # carries over the points and nothing else
        bare.paste(drawn)
        out = io.BytesIO()
        bare.save(out, format="PNG", optimize=True)
    except (OSError, ValueError, SyntaxError, Warning, EOFError, MemoryError) as problem:
        raise _no_picture() from problem
    return out.getvalue()


def media_type(data: bytes) -> str:
    """Return image/png or image/jpeg by the first bytes of a kept logo; '' for anything else."""
    if data.startswith(_PNG):
        return "image/png"
    return "image/jpeg" if data.startswith(_JPEG) else ""


def _no_picture() -> Exception:
    return refusal(
        "logo-not-a-picture",
        "The logo is not a PNG, JPEG or WebP picture that can be read.",
        "Save it as PNG, JPEG or WebP of usual size and try again.",
    )
