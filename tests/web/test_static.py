"""What is shipped for pages: whole, pinned, licensed, and free of loose ends."""

import hashlib
import re

import pytest
from django.core.management import call_command
from fontTools.ttLib import TTFont

from tests.conftest import ROOT

FONTS = ROOT / "static" / "fonts"
FACES = ["Regular", "Medium", "SemiBold", "Bold", "Italic"]
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700, "Italic": 400}


def test_every_static_file_can_be_named_by_its_content(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    names = {path.name for path in tmp_path.rglob("*")}
    assert "staticfiles.json" in names
    assert any(re.fullmatch(r"bootstrap\.min\.[0-9a-f]{12}\.css\.gz", name) for name in names)


def test_vendored_files_are_those_that_the_list_names():
    text = (ROOT / "static" / "vendor" / "VERSIONS.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"`([\w./-]+\.(?:js|css))` \| `([0-9a-f]{64})`", text))
    folder = ROOT / "static" / "vendor"
    found = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.suffix in (".js", ".css")
    }

    assert found == listed
    assert [name for name in found if not (folder / name).with_name("LICENSE").exists()] == []


@pytest.mark.parametrize("face", FACES)
def test_font_has_what_pages_and_reports_write(face):
    font = TTFont(FONTS / f"IBMPlexSans-{face}.ttf")
    known = font.getBestCmap()

    needed = "AZaz09ÄÖÜäöüßéñçøÅłŻžșőğİ–—‘’“”„‚«»…·•†‰€£©®™→←↑↓↔≥≤≠≈−×÷√∞½⅓⅔¼¾✓□■▲▼◆●○ΑΩαωЖжѓ\u00a0"
    assert [character for character in needed if ord(character) not in known] == []
    assert len({font["hmtx"][known[ord(digit)]][0] for digit in "0123456789"}) == 1
    assert font["OS/2"].usWeightClass == WEIGHTS[face]


@pytest.mark.parametrize("face", FACES)
def test_font_for_pages_is_the_font_for_reports(face):
    for_reports = TTFont(FONTS / f"IBMPlexSans-{face}.ttf")
    for_pages = TTFont(FONTS / f"IBMPlexSans-{face}.woff2")

    assert for_pages.getBestCmap() == for_reports.getBestCmap()
    assert (FONTS / f"IBMPlexSans-{face}.woff2").stat().st_size < 45_000


@pytest.mark.parametrize("face", FACES)
def test_cut_font_keeps_its_licence_and_leaves_the_reserved_name(face):
    names = TTFont(FONTS / f"IBMPlexSans-{face}.ttf")["name"]

    assert "Open Font License" in names.getDebugName(13)
    assert names.getBestFamilyName() == "Waymark Sans"
    assert "Plex" not in "".join(names.getDebugName(number) for number in (1, 2, 4, 6, 16))
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
