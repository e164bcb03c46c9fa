"""Why nothing of an assessment may be shown, in words."""

from typing import Final

from assessments.scoring.confidential import Hidden

COLLECTING: Final = (
    "Answers are still being collected. They are anonymous, so nothing of them is shown before"
    " collecting has ended."
)


def hidden_words(hidden: Hidden | None) -> str:
    """Return why nothing may be shown, in whole sentences; empty when it may."""
    if hidden is None:
        return ""
    if hidden.code == "collecting":
        return COLLECTING
    return (
        f"Answers are anonymous, and {hidden.people} of at least {hidden.fewest} people"
        " answered. Below that number no figure is shown, so that nobody can be recognised."
    )
