"""The bare deck: Waymark's theme and its five layouts, wide, with footer and page number.

What a deck looks like is in `template.pptx`: python-pptx wrote it once, and PowerPoint's slide
master view changes it. Only what differs from workspace to workspace is set here. Sizes are inches
on a slide of 13.333 by 7.5.
"""

from io import BytesIO
from pathlib import Path
from typing import Final

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Inches

from maturity.workspaces.branding.colours import Branding, Logo

FONT: Final = "IBM Plex Sans"
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

TEMPLATE: Final = Path(__file__).with_name("template.pptx")
_WIDTH: Final = 13.333
_LEFT: Final = 0.6
# Inches: where a rule begins, and how wide it is; on the cover under the title.
_RULES: Final = {False: (_LEFT, 1.53, _WIDTH - 2 * _LEFT), True: (_LEFT, 4.15, 10.6)}
_LARGE_LOGO: Final = (3.4, 0.95)
_SMALL_LOGO: Final = (1.2, 0.36)


def bare_deck(*, language: str, branding: Branding | None = None) -> Deck:
    """Return a deck without slides that has Waymark's layouts and no other."""
    deck = Presentation(str(TEMPLATE))
    look = branding or Branding()
    _paint(deck.slide_master, look)
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for words in sheet._element.iter(qn("a:rPr")):
            words.set("lang", language)
    for layout in deck.slide_layouts:
        if look.rule:
            _add_rule(layout, look.rule)
        if look.logo:
            _add_logo(layout, look.logo)
    return deck


def layout_of(deck: Deck, name: str) -> SlideLayout:
    """Return the layout of this name."""
    return next(layout for layout in deck.slide_layouts if layout.name == name)


def _paint(master: SlideMaster, look: Branding) -> None:
    """Give the theme the workspace's colours, by which charts and new shapes go."""
    own = {"accent1": look.now_colour, "hlink": look.accent, "dk2": look.accent}
    own |= {"accent3": look.second}
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    for name, colour in own.items():
        if colour:
            theme.find(f".//{qn(f'a:{name}')}/{qn('a:srgbClr')}").set("val", colour[1:])
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
    if look.accent:
        # The second dark colour is the accent, where there is one.
        title = master._element.find(f".//{qn('p:titleStyle')}")
        title.find(f".//{qn('a:schemeClr')}").set("val", "tx2")


def _add_rule(layout: SlideLayout, colour: str) -> None:
    x, y, width = map(Inches, _RULES[layout.name == COVER])
    shape = layout.shapes._spTree.add_autoshape(80, "Rule", "rect", x, y, width, Inches(0.03))
    # The theme's style for shapes has a shadow.
    shape.remove(shape.find(qn("p:style")))
    rule = Shape(shape, layout.shapes)
    rule.fill.solid()
    rule.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
    rule.line.fill.background()


def _add_logo(layout: SlideLayout, logo: Logo) -> None:
    """Put the logo on a layout: large above the cover's title, small beside the page number."""
    is_cover = layout.name == COVER
    _, key = layout.part.get_or_add_image_part(BytesIO(logo.png))
    most_wide, most_high = _LARGE_LOGO if is_cover else _SMALL_LOGO
    scale = min(most_wide / logo.width, most_high / logo.height)
    width, height = logo.width * scale, logo.height * scale
    x, y = (_LEFT, 0.95) if is_cover else (_WIDTH - _LEFT - 0.75 - width, 7.15 - height / 2)
    box = map(Inches, (x, y, width, height))
    picture = layout.shapes._spTree.add_pic(81, "Logo", "", key, *box)
    # Set afterwards: python-pptx does not escape quotation marks here.
    picture.xpath("./p:nvPicPr/p:cNvPr")[0].set("descr", logo.alt)
