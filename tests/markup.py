"""HTML as a browser reads it: without the white space that does not show.

A formatter lays the templates out, so line breaks in the source say nothing about the page. Tests
read pages folded: one space where a space shows, none elsewhere.
"""

import re
from html import unescape

_BLOCKS = re.compile(
    "!doctype|address|article|aside|blockquote|body|br|caption|circle|col|colgroup|dd|defs|details"
    "|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|g|h[1-6]|head|header|hr|html|legend|li"
    "|line|link|main|meta|nav|ol|optgroup|option|p|path|polygon|polyline|rect|script|section|summary"
    "|svg|table|tbody|td|tfoot|th|thead|title|tr|ul",
    re.IGNORECASE,
)
# They keep the white space inside them to themselves.
_BOXES = ("button", "select")
_TOKENS = re.compile(
    r"(?P<kept><(?P<name>pre|textarea|script)\b.*?</(?P=name)>)"
    r"""|(?P<tag></?(?P<tag_name>[a-zA-Z!][\w-]*)(?:"[^"]*"|'[^']*'|[^<>"'])*>)"""
    r"|(?P<text>[^<]+|<)",
    re.DOTALL,
)
_IN_TAG = re.compile(r"""(class=")([^"]*)"|("[^"]*"|'[^']*')|\s+""")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def folded(html: str) -> str:
    """Return HTML with one space wherever white space shows, and none elsewhere."""
    out: list[str] = []
    # Where the space that came last is, as long as nothing visible followed it.
    space: int | None = None
    swallows = True
    for token in _TOKENS.finditer(html):
        if token["text"]:
            text = _SPACE.sub(" ", token["text"])
            text = text.lstrip(" ") if swallows else text
            if text:
                out.append(text)
                swallows = text.endswith(" ")
                space = len(out) - 1 if swallows else None
            continue
        name = (token["tag_name"] or token["name"]).lower()
        is_block = _BLOCKS.fullmatch(name) is not None
        ends = token[0].startswith("</")
        if space is not None and (is_block or (name in _BOXES and ends)):
            out[space] = out[space].rstrip(" ")
            space = None
        out.append(token[0] if token["kept"] else _one_line(token[0]))
        if is_block or (name in _BOXES and not ends):
            swallows = True
        elif name in (*_BOXES, "textarea", "img") or (name == "input" and "hidden" not in token[0]):
            swallows, space = False, None
    if space is not None:
        out[space] = out[space].rstrip(" ")
    return "".join(out)


def words(html: str) -> str:
    """Return what people read: no tags, single spaces, and one where a block begins or ends."""
    text = _TOKENS.sub(
        lambda token: token["text"] or (" " if _BLOCKS.fullmatch(token["tag_name"] or "") else ""),
        folded(html),
    )
    return " ".join(unescape(text).split())


def _one_line(tag: str) -> str:
    text = _IN_TAG.sub(_without_breaks, tag)
    return re.sub(r" ?(/?>)$", r"\1", text)


def _without_breaks(found: re.Match[str]) -> str:
    if found[1] is not None:
        return f'{found[1]}{" ".join(found[2].split())}"'
    return found[3] or " "
