"""Ending a request from below the views: with a redirect, or because somebody else answers."""


class GoElsewhere(Exception):
    """The visitor has to do something else first, at `url`; the middleware sends them there."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class AnotherPerson(Exception):
    """The page that sent this was made for someone other than who answers in this browser now."""
