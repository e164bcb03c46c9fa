"""Uploaded pictures: what is taken is made anew from its pixels, everything else is refused."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageFile, PngImagePlugin

from maturity.web.files.images import MOST_SIDE, STORED_BYTES, STORED_SIDE, PictureRefused, remade

RED, BLUE = (180, 20, 40), (20, 40, 180)


def drawn(mode: str = "RGB", size: tuple[int, int] = (300, 120)) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png), formats=["PNG"])


def is_near(found: Any, wanted: tuple[int, int, int], *, by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def chunk(name: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)


def png_of(width: int, height: int, *, colour: int = 2, pixels: bytes = b"\0" * 9) -> bytes:
    """Return a PNG whose head says it is so large, whatever its pixels are."""
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(pixels)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


# --- what is taken -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_made_anew(kind):
    picture = remade(saved(drawn(), kind))

    image = opened(picture.png)
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (300, 120))
    assert (picture.width, picture.height) == image.size
    assert is_near(image.getpixel((10, 60)), RED)
    assert is_near(image.getpixel((290, 60)), BLUE)


def test_same_pixels_give_the_same_bytes():
    assert remade(saved(drawn())) == remade(saved(drawn(), compress_level=1))


def test_nothing_survives_but_the_pixels():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "CANARY-text")
    notes.add_itxt("XML:com.adobe.xmp", "CANARY-xmp")
    exif = Image.Exif()
    exif[0x010E] = "CANARY-exif"
    png = saved(drawn(), pnginfo=notes, exif=exif, icc_profile=b"CANARY-profile", dpi=(300, 300))
    jpeg = saved(drawn(), "JPEG", exif=exif, comment=b"CANARY-comment", icc_profile=b"CANARY")

    for content in (png + b"CANARY-behind <?php", jpeg + b"CANARY-behind"):
        picture = remade(content)
        assert b"CANARY" not in picture.png
        assert opened(picture.png).info == {}
        names = [picture.png[at + 4 : at + 8] for at in _chunks(picture.png)]
        assert set(names) == {b"IHDR", b"IDAT", b"IEND"}


def _chunks(png: bytes) -> list[int]:
    found, at = [], 8
    while at < len(png):
        found.append(at)
        at += 12 + struct.unpack(">I", png[at : at + 4])[0]
    return found


def test_a_picture_lying_on_its_side_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = remade(saved(drawn(), "JPEG", exif=exif))

    assert (picture.width, picture.height) == (120, 300)
    assert is_near(opened(picture.png).getpixel((60, 10)), RED)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode):
    grey = Image.new("L", (300, 120), 90)
    grey.paste(30, (150, 0, 300, 120))
    if mode == "I;16":
        pixels = b"".join(struct.pack("<H", value * 257) for value in grey.tobytes())
        image = Image.frombytes("I;16", grey.size, pixels)
    else:
        image = grey.convert(mode)

    found = opened(remade(saved(image)).png)

    # Of one bit a pixel, grey becomes a pattern of black and white.
    assert mode == "1" or is_near(found.getpixel((10, 60)), (90, 90, 90))
    assert mode == "1" or is_near(found.getpixel((290, 60)), (30, 30, 30))


def test_cmyk_is_taken():
    image = opened(remade(saved(drawn("CMYK"), "JPEG", quality=95)).png)

    assert is_near(image.getpixel((10, 60)), RED, by=24)


def test_see_through_parts_become_white():
    image = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 100, 120))
    image.paste((*BLUE, 255), (200, 0, 300, 120))

    assert opened(remade(saved(image)).png).getpixel((150, 60)) == (255, 255, 255)


def test_a_see_through_colour_of_a_palette_becomes_white():
    image = drawn().quantize(2)
    content = saved(image, transparency=image.getpixel((10, 10)))

    picture = remade(content)

    # The red half is gone, and its empty place is trimmed.
    assert (picture.width, picture.height) == (150, 120)


def test_empty_margins_are_trimmed():
    image = Image.new("RGB", (600, 400), (255, 255, 255))
    image.paste(drawn(), (200, 100))

    picture = remade(saved(image))

    assert (picture.width, picture.height) == (300, 120)


def test_large_ones_are_made_smaller():
    picture = remade(saved(drawn(size=(3000, 1200))))

    assert (picture.width, picture.height) == (STORED_SIDE, STORED_SIDE * 2 // 5)


def test_what_is_stored_is_small_whatever_it_shows():
    noise = Image.effect_noise((1400, 1000), 90).convert("RGB")
    content = saved(noise, "JPEG", quality=60)

    assert len(remade(content).png) <= STORED_BYTES


def test_first_picture_of_a_jpeg_with_several_is_taken():
    content = saved(drawn(), "MPO", save_all=True, append_images=[drawn(size=(90, 90))])

    picture = remade(content)

    assert (picture.width, picture.height) == (300, 120)


# --- what is refused -----------------------------------------------------------------------------


def animated() -> bytes:
    return saved(drawn(), save_all=True, append_images=[drawn().rotate(180)], duration=100)


def text_bomb() -> bytes:
    """Return a small PNG with a text that unpacks to two hundred megabytes."""
    packed = zlib.compress(b"a" * 200_000_000, 9)
    whole = saved(drawn())
    return whole[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + whole[33:]


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG or another file of text"),
    "xml": (lambda: b"\xef\xbb\xbf <?xml version='1.0'?><svg/>", "an SVG"),
    "gif": (lambda: saved(drawn("P"), "GIF"), "a GIF"),
    "webp": (lambda: saved(drawn(), "WEBP"), "a WebP picture"),
    "bmp": (lambda: saved(drawn(), "BMP"), "a bitmap"),
    "tiff": (lambda: saved(drawn(), "TIFF"), "a TIFF"),
    "pdf": (lambda: b"%PDF-1.7\n", "a PDF"),
    "eps": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", "a PostScript file"),
    "nonsense": (lambda: b"hello " * 50, "neither a PNG nor a JPEG"),
    "a name alone": (lambda: b"\x89PNG\r\n\x1a\n", "This PNG cannot be read"),
    "png cut short": (lambda: saved(drawn())[:-120], "This PNG cannot be read"),
    "jpeg cut short": (lambda: saved(drawn(), "JPEG")[:-400], "This JPEG cannot be read"),
    "png with a jpeg's head": (lambda: b"\xff\xd8\xff" + saved(drawn()), "This JPEG cannot"),
    "wrong checksum": (lambda: saved(drawn()).replace(b"IDAT", b"IDAX"), "This PNG cannot be read"),
    "bomb": (lambda: png_of(20_000, 20_000), "more pixels than can be taken"),
    "worst bomb": (lambda: png_of(2**31 - 1, 2**31 - 1), "more pixels than can be taken"),
    "one long line": (lambda: png_of(MOST_SIDE + 1, 1), "6,001 by 1"),
    "nine million": (lambda: png_of(3000, 3000), "more pixels than can be taken"),
    "empty": (lambda: png_of(0, 5), "cannot be read"),
    "text bomb": (text_bomb, "cannot be read"),
    "animated": (animated, "is animated"),
    "tiny": (lambda: saved(drawn(size=(40, 20))), "40 by 20 pixels, too few to print"),
    "a strip": (lambda: saved(drawn(size=(2000, 100))), "12 times as long as it is high"),
    "white on nothing": (
        lambda: saved(Image.new("RGBA", (300, 100), (255, 255, 255, 90))),
        "nothing of this logo can be seen",
    ),
    "nothing": (lambda: saved(Image.new("RGBA", (300, 100))), "nothing of this logo can be seen"),
}


@pytest.mark.parametrize("is_lenient", [False, True])
@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason(name, is_lenient, monkeypatch):
    # WeasyPrint tells Pillow to take broken pictures, for the whole process it is loaded in.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", is_lenient)
    content, reason = REFUSED[name][0](), REFUSED[name][1]

    with pytest.raises(PictureRefused, match=reason):
        remade(content)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is is_lenient


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_any_broken_byte_is_refused_or_taken_and_never_an_error(kind):
    content = bytearray(saved(drawn(size=(120, 90)), kind))
    for at in range(0, len(content), 7):
        broken = bytes(content[:at]) + bytes([content[at] ^ 0xFF]) + bytes(content[at + 1 :])
        try:
            picture = remade(broken)
        except PictureRefused:
            continue
        assert opened(picture.png).size == (picture.width, picture.height)
