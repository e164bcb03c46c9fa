"""Ending a request with a redirect from below the views."""


class GoElsewhere(Exception):
    """The visitor has to do something else first, at `url`; the middleware sends them there."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url
