"""PURE. Who may do what: one table.

A role is held in a workspace (owner, consultant) or in one of its organisations (lead,
contributor, viewer). Two more come from a link instead of an account: the holder of an assessment
that was started without one, and the guest who was asked to answer.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is, the most powerful first."""

    OWNER = "owner"
    CONSULTANT = "consultant"
    LEAD = "lead"
    CONTRIBUTOR = "contributor"
    VIEWER = "viewer"
    HOLDER = "holder"
    GUEST = "guest"


class Action(StrEnum):
    """What somebody may want to do."""

    # in a workspace
    MANAGE_WORKSPACE = "manage_workspace"  # its name, its look, its deletion, handing it over
    MANAGE_MEMBERS = "manage_members"  # who is owner or consultant
    READ_TRAIL = "read_trail"
    SEE_PORTFOLIO = "see_portfolio"
    ADD_ORGANISATION = "add_organisation"
    # in an organisation
    SEE_ORGANISATION = "see_organisation"
    EDIT_ORGANISATION = "edit_organisation"
    ARCHIVE_ORGANISATION = "archive_organisation"
    INVITE = "invite"  # leads, contributors, viewers
    START_ASSESSMENT = "start_assessment"
    MANAGE_STEPS = "manage_steps"
    WORK_ON_STEPS = "work_on_steps"  # say how far those are that are one's own
    SEE_HISTORY = "see_history"  # comparison, trend
    # in an assessment
    MANAGE_ASSESSMENT = "manage_assessment"  # its name, date, targets, deletion
    RUN_ASSESSMENT = "run_assessment"  # who is asked what, agreed answers, closing
    ANSWER = "answer"
    SEE_OPEN_RESULT = "see_open_result"
    SEE_CLOSED_RESULT = "see_closed_result"


# What is left of an archived organisation: it can be looked at, and brought back.
WHILE_ARCHIVED: Final = frozenset(
    {
        Action.SEE_ORGANISATION,
        Action.SEE_HISTORY,
        Action.SEE_OPEN_RESULT,
        Action.SEE_CLOSED_RESULT,
        Action.ARCHIVE_ORGANISATION,
    }
)
WORKSPACE_ROLES: Final = (Role.OWNER, Role.CONSULTANT)
ORGANISATION_ROLES: Final = (Role.LEAD, Role.CONTRIBUTOR, Role.VIEWER)

_ASSESSMENT: Final = frozenset(
    {
        Action.MANAGE_ASSESSMENT,
        Action.ANSWER,
        Action.SEE_OPEN_RESULT,
        Action.SEE_CLOSED_RESULT,
    }
)
_MEMBER: Final = frozenset(
    {
        Action.SEE_ORGANISATION,
        Action.SEE_CLOSED_RESULT,
        Action.SEE_HISTORY,
        Action.WORK_ON_STEPS,
    }
)
_LEAD: Final = _ASSESSMENT | {
    Action.SEE_ORGANISATION,
    Action.EDIT_ORGANISATION,
    Action.INVITE,
    Action.START_ASSESSMENT,
    Action.RUN_ASSESSMENT,
    Action.MANAGE_STEPS,
    Action.WORK_ON_STEPS,
    Action.SEE_HISTORY,
}
_CONSULTANT: Final = _LEAD | {
    Action.SEE_PORTFOLIO,
    Action.ADD_ORGANISATION,
    Action.ARCHIVE_ORGANISATION,
}

ALLOWED: Final[Mapping[Role, frozenset[Action]]] = {
    Role.OWNER: _CONSULTANT | {Action.MANAGE_WORKSPACE, Action.MANAGE_MEMBERS, Action.READ_TRAIL},
    Role.CONSULTANT: _CONSULTANT,
    Role.LEAD: _LEAD,
    Role.CONTRIBUTOR: _MEMBER | {Action.ANSWER},
    Role.VIEWER: _MEMBER,
    Role.HOLDER: _ASSESSMENT,
    Role.GUEST: frozenset({Action.ANSWER}),
}


def strongest(roles: Iterable[Role]) -> Role | None:
    """Return the most powerful of some roles, None when there is none."""
    return min(roles, key=list(Role).index, default=None)


def may(role: Role, action: Action) -> bool:
    """Say whether a role allows an action."""
    return action in ALLOWED[role]
