"""The table of who may do what."""

import pytest

from maturity.workspaces.roles import (
    ALLOWED,
    ORGANISATION_ROLES,
    WHILE_ARCHIVED,
    WORKSPACE_ROLES,
    Action,
    Role,
    may,
    strongest,
)


def test_every_role_has_a_row():
    assert set(ALLOWED) == set(Role)


def test_every_action_is_allowed_to_somebody():
    assert set().union(*ALLOWED.values()) == set(Action)


def test_each_workspace_role_may_all_that_a_lead_may():
    for role in WORKSPACE_ROLES:
        assert ALLOWED[role] >= ALLOWED[Role.LEAD]


def test_owner_alone_rules_the_workspace():
    for action in (Action.MANAGE_WORKSPACE, Action.MANAGE_MEMBERS, Action.READ_TRAIL):
        assert [role for role in Role if may(role, action)] == [Role.OWNER]


def test_viewer_only_reads_what_is_closed_and_works_on_own_steps():
    assert ALLOWED[Role.VIEWER] == {
        Action.SEE_ORGANISATION,
        Action.SEE_CLOSED_RESULT,
        Action.SEE_HISTORY,
        Action.WORK_ON_STEPS,
    }


def test_contributor_reads_what_is_closed_and_answers():
    assert ALLOWED[Role.CONTRIBUTOR] == ALLOWED[Role.VIEWER] | {Action.ANSWER}


def test_guest_answers_and_no_more():
    assert ALLOWED[Role.GUEST] == {Action.ANSWER}


def test_nobody_with_a_link_alone_reaches_an_organisation():
    for role in (Role.HOLDER, Role.GUEST):
        assert not may(role, Action.SEE_ORGANISATION)
        assert not may(role, Action.RUN_ASSESSMENT)


def test_archived_organisation_can_be_changed_by_nobody():
    changing = {
        Action.EDIT_ORGANISATION,
        Action.INVITE,
        Action.START_ASSESSMENT,
        Action.MANAGE_STEPS,
        Action.WORK_ON_STEPS,
        Action.MANAGE_ASSESSMENT,
        Action.RUN_ASSESSMENT,
        Action.ANSWER,
    }
    assert not WHILE_ARCHIVED & changing


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([], None),
        ([Role.VIEWER], Role.VIEWER),
        ([Role.VIEWER, Role.LEAD], Role.LEAD),
        ([Role.CONTRIBUTOR, Role.CONSULTANT, Role.OWNER], Role.OWNER),
        ([Role.GUEST, Role.VIEWER], Role.VIEWER),
    ],
)
def test_strongest_role_counts(roles, expected):
    assert strongest(roles) is expected


def test_places_of_roles_do_not_overlap():
    assert not set(WORKSPACE_ROLES) & set(ORGANISATION_ROLES)
