"""Addresses of workspaces and what belongs to them."""

from django.urls import path

from maturity.workspaces.views import (
    branding,
    invitations,
    members,
    organisations,
    people,
    settings,
    signing,
    tokens,
    trail,
    welcome,
)

app_name = "workspaces"
_WORKSPACE = "workspaces/<str:public_id>/"
_ORGANISATION = "organisations/<str:public_id>/"
_MEMBER = "people/<int:membership_id>/"
_INVITATION = "people/invitations/<int:invitation_id>/"

urlpatterns = [
    path("my/profile/", signing.profile, name="profile"),
    path("welcome/", welcome.welcome, name="welcome"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    # a workspace
    path(f"{_WORKSPACE}settings/", settings.settings, name="settings"),
    path(f"{_WORKSPACE}branding/", branding.branding, name="branding"),
    path(f"{_WORKSPACE}branding/logo/", branding.logo, name="logo"),
    path(f"{_WORKSPACE}branding/logo/remove/", branding.without_logo, name="remove-logo"),
    path(f"{_WORKSPACE}branding/reset/", branding.reset, name="reset-branding"),
    path(f"{_WORKSPACE}delete/", settings.delete, name="delete"),
    path(f"{_WORKSPACE}delete/undo/", settings.undo, name="undo-delete"),
    path(f"{_WORKSPACE}tokens/", tokens.tokens, name="tokens"),
    path(f"{_WORKSPACE}tokens/<str:token_id>/revoke/", tokens.revoke, name="revoke-token"),
    path(f"{_WORKSPACE}trail/", trail.trail, name="trail"),
    path(f"{_WORKSPACE}trail/export/", trail.export, name="trail-export"),
    path(f"{_WORKSPACE}organisations/new/", organisations.add, name="add-organisation"),
    path(f"{_WORKSPACE}people/", people.people, name="people"),
    path(f"{_WORKSPACE}people/hand-over/", members.hand_workspace_over, name="hand-over"),
    path(f"{_WORKSPACE}people/leave/", members.leave_workspace, name="leave"),
    path(f"{_WORKSPACE}{_MEMBER}role/", members.change_workspace_role, name="change-role"),
    path(f"{_WORKSPACE}{_MEMBER}remove/", members.remove_from_workspace, name="remove"),
    path(f"{_WORKSPACE}{_INVITATION}resend/", invitations.resend_to_workspace, name="resend"),
    path(f"{_WORKSPACE}{_INVITATION}revoke/", invitations.revoke_to_workspace, name="revoke"),
    # an organisation
    path(f"{_ORGANISATION}edit/", organisations.edit, name="edit-organisation"),
    path(f"{_ORGANISATION}archive/", organisations.archive, name="archive"),
    path(f"{_ORGANISATION}archive/undo/", organisations.unarchive, name="unarchive"),
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
