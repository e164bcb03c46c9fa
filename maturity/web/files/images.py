"""Pictures people upload, made anew: Pillow's only home.

Nothing of an upload survives but its pixels: no metadata, no profile, no thumbnail, no text, and
nothing behind the end of the picture.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageChops, ImageFile, ImageOps

MOST_BYTES: Final = 2_000_000
# Decoding takes four bytes for each of them.
MOST_PIXELS: Final = 8_000_000
MOST_SIDE: Final = 6_000
FEWEST_PIXELS: Final = 80
# A strip longer than this has no place on a cover.
LONGEST_SHAPE: Final = 12
STORED_SIDE: Final = 1_200
STORED_BYTES: Final = 300_000
_SIGNATURES: Final = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
_OTHERS: Final = {
    b"GIF8": "a GIF",
    b"RIFF": "a WebP picture",
    b"BM": "a bitmap (BMP)",
    b"II*\x00": "a TIFF",
    b"MM\x00*": "a TIFF",
    b"%PDF": "a PDF",
    b"%!PS": "a PostScript file",
    b"<": "an SVG or another file of text",
}
_HOW: Final = "Save the logo as PNG or JPEG and choose that file."
# A pixel this light in every channel is not seen on paper.
_LIGHT: Final = 246
# One at a time: Pillow's settings belong to the whole process, and a picture takes much memory.
_decoding: Final = threading.Lock()


class PictureRefused(ValueError):
    """The file is not taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class PngImage:
    """A PNG of RGB pixels on white, and its size in pixels."""

    png: bytes
    width: int
    height: int


def remade(content: bytes) -> PngImage:
    """Return an uploaded PNG or JPEG as a clean PNG to print on white.

    It is turned upright, laid on white where it is see-through, trimmed of empty margins, and made
    smaller than STORED_SIDE and STORED_BYTES. The same pixels give the same bytes.
    Raises: PictureRefused.
    """
    kind = _kind_of(content)
    try:
        with _whole(), Image.open(BytesIO(content), formats=[kind]) as image:
            _check(image)
            if kind == "JPEG":
                # Decode no more than is kept.
                image.draft(None, (STORED_SIDE, STORED_SIDE))
            flat = _on_white(image)
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PictureRefused(_too_large()) from bomb
    except Exception as error:
        # A broken file can end a decoder with any error at all.
        raise PictureRefused(
            f"This {kind} cannot be read: it is damaged or not complete."
            " Save the logo anew and choose that file."
        ) from error
    trimmed = _trimmed(flat)
    if max(trimmed.size) > LONGEST_SHAPE * min(trimmed.size):
        raise PictureRefused(
            f"The logo is more than {LONGEST_SHAPE} times as long as it is high, or the other way"
            " round, so it would be too small to read. Choose one of a squarer shape."
        )
    return _encoded(trimmed)


@contextmanager
def _whole() -> Iterator[None]:
    """Take whole pictures only, though another library may have told Pillow to be lenient."""
    with _decoding:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _kind_of(content: bytes) -> str:
    """Return PNG or JPEG, by how the file begins and not by its name."""
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            return kind
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    other = next((name for mark, name in _OTHERS.items() if head.startswith(mark)), "")
    what = f"This is {other}, not a PNG or JPEG" if other else "This is neither a PNG nor a JPEG"
    raise PictureRefused(f"{what}. {_HOW}")


def _check(image: Image.Image) -> None:
    """Look at what the head of the file says, before a pixel is decoded."""
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise PictureRefused(_too_large(f" It has {width:,} by {height:,}."))
    if max(width, height) < FEWEST_PIXELS:
        raise PictureRefused(
            f"The picture has {width} by {height} pixels, too few to print."
            f" Choose one with at least {FEWEST_PIXELS} on its longer side."
        )
    # A JPEG may bring further pictures, such as a camera's preview: the first one is the picture.
    if image.format == "PNG" and getattr(image, "is_animated", False):
        raise PictureRefused("This picture is animated, and paper is not. Choose a still one.")


def _too_large(found: str = "") -> str:
    return (
        f"The picture has more pixels than can be taken: at most {MOST_SIDE:,} a side and"
        f" {MOST_PIXELS // 1_000_000} million in all.{found} Make it smaller and choose that file."
    )


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture upright, in RGB, small enough, with white behind it."""
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode.startswith("I") or image.mode == "F":
        # Sixteen bits of grey: made eight here, or everything above the lowest 256 were white.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    see_through = image.convert("RGBA")
    see_through.thumbnail((STORED_SIDE, STORED_SIDE), Image.Resampling.LANCZOS)
    flat = Image.new("RGB", see_through.size, (255, 255, 255))
    flat.paste(see_through, mask=see_through.getchannel("A"))
    return flat


def _trimmed(flat: Image.Image) -> Image.Image:
    """Return the picture without empty margins, so that it stands flush with the text."""
    red, green, blue = flat.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    box = darkest.point([255 if value < _LIGHT else 0 for value in range(256)]).getbbox()
    if box is None:
        raise PictureRefused(
            "On white paper nothing of this logo can be seen."
            " Choose the version that is made for a light background."
        )
    return flat.crop(box)


def _encoded(flat: Image.Image) -> PngImage:
    while True:
        out = BytesIO()
        flat.save(out, "PNG", optimize=True)
        if out.tell() <= STORED_BYTES:
            return PngImage(out.getvalue(), *flat.size)
        width, height = flat.size
        smaller = max(1, width * 3 // 4), max(1, height * 3 // 4)
        flat = flat.resize(smaller, Image.Resampling.LANCZOS)
