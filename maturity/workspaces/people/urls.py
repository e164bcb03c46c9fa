"""Addresses: who belongs to a workspace or an organisation: roles and invitations."""

from django.urls import path

from maturity.workspaces.people.views import invitations, members, people

_WORKSPACE = "workspaces/<str:public_id>/"
_ORGANISATION = "organisations/<str:public_id>/"
_MEMBER = "people/<int:membership_id>/"
_INVITATION = "people/invitations/<int:invitation_id>/"

urlpatterns = [
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path(f"{_WORKSPACE}people/", people.people, name="people"),
    path(f"{_WORKSPACE}people/hand-over/", members.hand_workspace_over, name="hand-over"),
    path(f"{_WORKSPACE}people/leave/", members.leave_workspace, name="leave"),
    path(f"{_WORKSPACE}{_MEMBER}role/", members.change_workspace_role, name="change-role"),
    path(f"{_WORKSPACE}{_MEMBER}remove/", members.remove_from_workspace, name="remove"),
    path(f"{_WORKSPACE}{_INVITATION}resend/", invitations.resend_to_workspace, name="resend"),
    path(f"{_WORKSPACE}{_INVITATION}revoke/", invitations.revoke_to_workspace, name="revoke"),
    path(f"{_ORGANISATION}people/", people.organisation_people, name="organisation-people"),
    path(f"{_ORGANISATION}people/leave/", members.leave_organisation, name="leave-organisation"),
    path(
        f"{_ORGANISATION}{_MEMBER}role/",
        members.change_organisation_role,
        name="change-organisation-role",
    ),
    path(
        f"{_ORGANISATION}{_MEMBER}remove/",
        members.remove_from_organisation,
        name="remove-from-organisation",
    ),
    path(
        f"{_ORGANISATION}{_INVITATION}resend/",
        invitations.resend_to_organisation,
        name="resend-to-organisation",
    ),
    path(
        f"{_ORGANISATION}{_INVITATION}revoke/",
        invitations.revoke_to_organisation,
        name="revoke-to-organisation",
    ),
]
