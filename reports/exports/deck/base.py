"""The bare deck: Waymark's theme and its five layouts, wide, with footer and page number.

Made from python-pptx's own template, whose master and layouts are rewritten here: what a deck looks
like is read in this file and nowhere else. Sizes are inches on a slide of 13.333 by 7.5.
"""

import re
from io import BytesIO
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from lxml.etree import _Element
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Emu, Inches

from maturity.workspaces.branding.colours import Branding, Logo
from reports.charts import palette

FONT: Final = "IBM Plex Sans"
WIDTH: Final = 13.333
HEIGHT: Final = 7.5
LEFT: Final = 0.6
FULL: Final = WIDTH - 2 * LEFT
TOP: Final = 1.62
BODY: Final = 5.1
SHEET: Final = "F3F1EA"

COVER: Final = "Cover"
TEXT: Final = "Title and text"
FIGURE: Final = "Title, figure and text"
CHART: Final = "Title, chart and table"
TABLE: Final = "Title, sentence and table"
# Index of a placeholder on its slide, the same on every layout.
MAIN: Final = 1
SIDE: Final = 2
THIRD: Final = 3
# How many inches a table under its sentence may be high.
HIGH: Final = 4.3

_COLOURS: Final = {
    "dk1": palette.INK,
    "lt1": "#FFFFFF",
    "dk2": palette.RAMP[4],
    "lt2": f"#{SHEET}",
    "accent1": palette.NOW,
    "accent2": palette.TARGET,
    "accent3": palette.RAMP[2],
    "accent4": palette.RAMP[1],
    "accent5": palette.RAMP[3],
    "accent6": palette.BEFORE,
    "hlink": palette.NOW,
    "folHlink": palette.RAMP[4],
}


class Place(NamedTuple):
    """A placeholder: what it takes, its index, where it lies, the words shown while it is empty."""

    kind: str
    idx: int
    x: float
    y: float
    width: float
    height: float
    prompt: str
    size: int = 0


# Inches: where a rule begins, and how wide it is; on the cover under the title.
_RULES: Final = {False: (LEFT, 1.53, FULL), True: (LEFT, 4.15, 10.6)}
_LARGE_LOGO: Final = (3.4, 0.95)
_SMALL_LOGO: Final = (1.2, 0.36)
_TITLE: Final = Place("title", 0, LEFT, 0.45, FULL, 1.05, "Title")
_FOOTER: Final = Place("ftr", 11, LEFT, 7.0, 9.5, 0.3, "", 10)
_NUMBER: Final = Place("sldNum", 12, WIDTH - LEFT - 1.5, 7.0, 1.5, 0.3, "", 10)
_LAYOUTS: Final[dict[str, tuple[Place, ...]]] = {
    COVER: (
        Place("ctrTitle", 0, LEFT, 2.2, 10.6, 1.9, "Organisation", 40),
        Place("subTitle", MAIN, LEFT, 4.25, 10.6, 1.3, "What it is about", 20),
    ),
    TEXT: (_TITLE, Place("body", MAIN, LEFT, TOP, FULL, BODY, "Text"), _FOOTER, _NUMBER),
    FIGURE: (
        _TITLE,
        Place("body", MAIN, LEFT, TOP + 0.15, 3.1, 1.9, "0.0", 115),
        Place("body", SIDE, 4.0, TOP + 0.35, WIDTH - LEFT - 4.0, 3.3, "Text", 20),
        Place("tbl", THIRD, LEFT, 5.35, FULL, 1.2, "Table"),
        _FOOTER,
        _NUMBER,
    ),
    CHART: (
        _TITLE,
        Place("chart", MAIN, LEFT, TOP, 7.1, BODY, "Chart"),
        Place("tbl", SIDE, 8.0, TOP, WIDTH - LEFT - 8.0, BODY, "Table"),
        _FOOTER,
        _NUMBER,
    ),
    TABLE: (
        _TITLE,
        Place("body", SIDE, LEFT, TOP, FULL, 0.6, "One sentence", 16),
        Place("tbl", MAIN, LEFT, TOP + 0.7, FULL, BODY - 0.7, "Table"),
        _FOOTER,
        _NUMBER,
    ),
}


def bare_deck(*, language: str, branding: Branding | None = None) -> Deck:
    """Return a deck without slides that has Waymark's layouts and no other."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    master = deck.slide_master
    look = branding or Branding()
    _paint_theme(master, look)
    _lay_out_master(master, language, look)
    layouts = list(deck.slide_layouts)
    for layout, (name, places) in zip(layouts, _LAYOUTS.items(), strict=False):
        _lay_out(layout, name, places, language)
        if look.rule:
            layout.shapes._spTree.append(_rule(*_RULES[name == COVER], look.rule))
        if look.logo:
            _add_logo(layout, look.logo, name)
    for layout in layouts[len(_LAYOUTS) :]:
        deck.slide_layouts.remove(layout)
    _drop_leftovers(deck)
    return deck


def _drop_leftovers(deck: Deck) -> None:
    """Take out the template's own small picture and its printer's settings."""
    package = deck.part.package
    for holder, kind in (
        (package._rels, RELATIONSHIP_TYPE.THUMBNAIL),
        (deck.part.rels, RELATIONSHIP_TYPE.PRINTER_SETTINGS),
    ):
        for key in [key for key, rel in holder.items() if rel.reltype == kind]:
            holder.pop(key)


def layout_of(deck: Deck, name: str) -> SlideLayout:
    """Return the layout of this name."""
    return next(layout for layout in deck.slide_layouts if layout.name == name)


def _paint_theme(master: SlideMaster, look: Branding) -> None:
    """Give the theme its colours and typeface, by which charts and new shapes go."""
    own = {"accent1": look.now_colour, "hlink": look.accent, "dk2": look.accent}
    own |= {"accent3": look.second}
    chosen = _COLOURS | {name: colour for name, colour in own.items() if colour}
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = part.blob.decode("utf-8")
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>' for name, colour in chosen.items()
    )
    text = re.sub(
        r"<a:clrScheme .*?</a:clrScheme>",
        f'<a:clrScheme name="Waymark">{colours}</a:clrScheme>',
        text,
        flags=re.S,
    )
    text = re.sub(
        r"(<a:(?:major|minor)Font>\s*)<a:latin [^>]*/>", rf'\1<a:latin typeface="{FONT}"/>', text
    )
    part._blob = text.encode("utf-8")


def _lay_out_master(master: SlideMaster, language: str, look: Branding) -> None:
    for shape in list(master.placeholders):
        shape._element.getparent().remove(shape._element)
    tree = master.shapes._spTree
    for band in _ramp_bands(width=WIDTH, y=HEIGHT - 0.12, height=0.12):
        tree.append(band)
    for number, place in enumerate(
        (_TITLE, Place("body", MAIN, LEFT, TOP, FULL, BODY, "Text"), _FOOTER, _NUMBER), start=50
    ):
        tree.append(_placeholder(place, number, language))
    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle"))
    # The second dark colour is the accent, where there is one.
    style = _TITLE_STYLE.replace("tx1", "tx2") if look.accent else _TITLE_STYLE
    styles.replace(title, parse_xml(style))
    body = styles.find(qn("p:bodyStyle"))
    styles.replace(body, parse_xml(_body_style()))


def _lay_out(layout: SlideLayout, name: str, places: tuple[Place, ...], language: str) -> None:
    layout.name = name
    tree = layout.shapes._spTree
    for shape in list(layout.shapes):
        tree.remove(shape._element)
    if name == COVER:
        for band in _ramp_bands(width=WIDTH, y=0.0, height=0.55):
            tree.append(band)
    for number, place in enumerate(places, start=10):
        tree.append(_placeholder(place, number, language))
    # A layout's kind is for old readers; without one it is what its placeholders make it.
    layout._element.attrib.pop("type", None)


def _ramp_bands(*, width: float, y: float, height: float) -> list[_Element]:
    """Return the five stage colours as a band across the slide."""
    part = width / len(palette.RAMP)
    return [
        parse_xml(
            f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr>"
            f'<p:cNvPr id="{90 + index}" name="Stage colour {index + 1}"/><p:cNvSpPr/>'
            '<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
            f"{_xfrm(part * index, y, part + 0.01, height)}"
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
            "</p:spPr></p:sp>"
        )
        for index, colour in enumerate(palette.RAMP)
    ]


def _rule(x: float, y: float, width: float, colour: str) -> _Element:
    return parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr>"
        '<p:cNvPr id="80" name="Rule"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f"{_xfrm(x, y, width, 0.03)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
        "</p:spPr></p:sp>"
    )


def _add_logo(layout: SlideLayout, logo: Logo, name: str) -> None:
    """Put the logo on a layout: large above the cover's title, small beside the page number."""
    part, key = layout.part.get_or_add_image_part(BytesIO(logo.png))
    most_wide, most_high = _LARGE_LOGO if name == COVER else _SMALL_LOGO
    scale = min(most_wide / logo.width, most_high / logo.height)
    width, height = logo.width * scale, logo.height * scale
    x, y = (LEFT, 0.95) if name == COVER else (WIDTH - LEFT - 0.75 - width, 7.15 - height / 2)
    layout.shapes._spTree.append(
        parse_xml(
            f"<p:pic {nsdecls('p', 'a', 'r')}><p:nvPicPr>"
            f'<p:cNvPr id="81" name="Logo" descr={quoteattr(logo.alt)}/>'
            '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr>'
            '<p:nvPr userDrawn="1"/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch>'
            f"</p:blipFill><p:spPr>{_xfrm(x, y, width, height)}"
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )
    )


def _placeholder(place: Place, number: int, language: str) -> _Element:
    index = "" if place.kind in ("title", "ctrTitle") else f' idx="{place.idx}"'
    anchor = {"ctrTitle": "b", "title": "b", "ftr": "ctr", "sldNum": "ctr"}.get(place.kind, "t")
    side = ' algn="r"' if place.kind == "sldNum" else ""
    size = f' sz="{place.size * 100}"' if place.size else ""
    muted = '<a:solidFill><a:srgbClr val="55606B"/></a:solidFill>'
    look = f"<a:defRPr{size}>{muted if place.kind in ('ftr', 'sldNum') else ''}</a:defRPr>"
    is_plain = place.kind in ("ftr", "sldNum", "subTitle") or place.size
    style = (
        f'<a:lvl1pPr marL="0" indent="0"{side}><a:buNone/>{look}</a:lvl1pPr>' if is_plain else ""
    )
    words = f"<a:r><a:rPr lang={quoteattr(language)}/><a:t>{escape(place.prompt)}</a:t></a:r>"
    if place.kind == "sldNum":
        words = (
            '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
            f"<a:rPr lang={quoteattr(language)}/><a:t>‹#›</a:t></a:fld>"
        )
    elif not place.prompt:
        words = ""
    return parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr>"
        f'<p:cNvPr id="{number}" name="{place.kind} {place.idx}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{place.kind}"{index}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{_xfrm(place.x, place.y, place.width, place.height)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}">'
        f"<a:normAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle><a:p>{words}</a:p></p:txBody></p:sp>"
    )


def _xfrm(x: float, y: float, width: float, height: float) -> str:
    at, size = (Inches(x), Inches(y)), (Inches(width), Inches(height))
    return (
        f'<a:xfrm><a:off x="{Emu(at[0])}" y="{Emu(at[1])}"/>'
        f'<a:ext cx="{Emu(size[0])}" cy="{Emu(size[1])}"/></a:xfrm>'
    )


_TITLE_STYLE: Final = (
    f"<p:titleStyle {nsdecls('p', 'a')}>"
    '<a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:buNone/>'
    '<a:defRPr sz="2600" b="1" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
    '<a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr></p:titleStyle>'
)


def _body_style() -> str:
    levels = "".join(
        f'<a:lvl{level}pPr marL="{228600 * level}" indent="-228600">'
        f'<a:spcBef><a:spcPts val="{600 if level == 1 else 300}"/></a:spcBef>'
        '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
        f'<a:defRPr sz="{size}" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        f'<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl{level}pPr>'
        for level, size in enumerate((1800, 1600, 1400, 1400, 1400), start=1)
    )
    return f"<p:bodyStyle {nsdecls('p', 'a')}>{levels}</p:bodyStyle>"
