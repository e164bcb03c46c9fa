"""PURE. The roles in plain words, for pages and mails."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from maturity.workspaces.roles import Role


@dataclass(frozen=True, slots=True)
class RoleWords:
    """`name` as on a label, `one` as within a sentence, `may` what the role is for, in one line."""

    name: str
    one: str
    may: str


ROLE_WORDS: Final[Mapping[Role, RoleWords]] = {
    Role.OWNER: RoleWords(
        "Owner",
        "an owner",
        "Everything: people, settings, the audit trail, deleting the workspace.",
    ),
    Role.CONSULTANT: RoleWords(
        "Consultant",
        "a consultant",
        "Sees and manages every organisation, but not who is owner or consultant.",
    ),
    Role.LEAD: RoleWords(
        "Lead",
        "a lead",
        "Manages one organisation: its people, assessments, results and steps.",
    ),
    Role.CONTRIBUTOR: RoleWords(
        "Contributor",
        "a contributor",
        "Answers assessments, and sees results once an assessment is closed.",
    ),
    Role.VIEWER: RoleWords(
        "Viewer",
        "a viewer",
        "Sees results and reports of closed assessments, and answers nothing.",
    ),
    Role.HOLDER: RoleWords(
        "Holder of the link", "the holder of the link", "Manages one assessment."
    ),
    Role.GUEST: RoleWords("Guest", "a guest", "Answers one assessment."),
}
