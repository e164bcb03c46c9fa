"""What a chart raises when it cannot be trusted; light to import, unlike what raises it."""


class ChartFailed(RuntimeError):
    """matplotlib reported an error or a warning while drawing; the text says which."""
