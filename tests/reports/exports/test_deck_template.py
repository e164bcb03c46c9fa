"""The deck's template file and the charts on pages share their colours."""

import re
import zipfile

from reports.charts import palette
from reports.exports.deck.base import TEMPLATE


def test_template_s_colours_are_those_of_charts_on_pages():
    with zipfile.ZipFile(TEMPLATE) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
        cover = archive.read("ppt/slideLayouts/slideLayout1.xml").decode()

    colours = dict(re.findall(r'<a:(\w+)><a:srgbClr val="(\w+)"/></a:\1>', theme))
    assert {f"#{colours[name]}" for name in ("dk1", "accent1", "accent2", "accent6")} == {
        palette.INK,
        palette.NOW,
        palette.TARGET,
        palette.BEFORE,
    }
    assert [f"#{each}" for each in re.findall(r'<a:srgbClr val="(\w+)"', cover)] == [*palette.RAMP]
