"""PURE. The events of the audit trail in plain words."""

from collections.abc import Mapping
from typing import Final

from maturity.workspaces.actors import Actor

DELETED: Final = "deleted account"
# Every verb of the trail. The codes are stored and exported: change the words, never a code.
VERBS: Final[Mapping[str, str]] = {
    "account.data_exported": "Own data exported",
    "account.deleted": "Account deleted",
    "account.email_changed": "Email address changed",
    "account.name_changed": "Name changed",
    "account.password_changed": "Password changed",
    "account.recovery_codes_renewed": "Recovery codes renewed",
    "account.second_factor_added": "Second factor added",
    "account.second_factor_removed": "Second factor removed",
    "account.sign_in_connected": "Other sign-in connected",
    "account.sign_in_disconnected": "Other sign-in removed",
    "account.sign_in_failed": "Sign-in failed",
    "account.signed_in": "Signed in",
    "account.signed_out": "Signed out",
    "account.signed_out_everywhere": "Signed out everywhere",
    "account.step_emails_turned_off": "Emails about steps turned off",
    "account.step_emails_turned_on": "Emails about steps turned on",
    "agreed_answer.changed": "Agreed answer changed",
    "agreed_answer.recorded": "Agreed answer recorded",
    "agreed_answer.withdrawn": "Agreed answer withdrawn",
    "assessment.answers_ended": "Answering ended",
    "assessment.answers_reopened": "Answering reopened",
    "assessment.claimed": "Assessment claimed",
    "assessment.closed": "Assessment closed",
    "assessment.deleted": "Assessment deleted",
    "assessment.imported": "Assessment imported",
    "assessment.reopened": "Assessment reopened",
    "assessment.setup_changed": "Assessment set-up changed",
    "assessment.started": "Assessment started",
    "assessment.targets_changed": "Targets changed",
    "audit_log.exported": "Audit trail exported",
    "branding.changed": "Branding changed",
    "branding.logo_removed": "Logo removed",
    "branding.logo_uploaded": "Logo uploaded",
    "branding.reset": "Branding reset",
    "calendar_feed.created": "Calendar address created",
    "calendar_feed.ended": "Calendar address ended",
    "calendar_feed.renewed": "Calendar address renewed",
    "invitation.accepted": "Invitation accepted",
    "invitation.created": "Invitation created",
    "invitation.resent": "Invitation resent",
    "invitation.revoked": "Invitation revoked",
    "link.emailed": "Link emailed",
    "link.opened": "Link opened",
    "link.renewed": "Link renewed",
    "member.added": "Member added",
    "member.left": "Member left",
    "member.removed": "Member removed",
    "member.role_changed": "Role changed",
    "open_link.created": "Open link created",
    "open_link.joined": "Joined by open link",
    "open_link.renewed": "Open link renewed",
    "open_link.turned_off": "Open link turned off",
    "open_link.turned_on": "Open link turned on",
    "organisation.added": "Organisation added",
    "organisation.archived": "Organisation archived",
    "organisation.changed": "Organisation changed",
    "organisation.restored": "Organisation restored",
    "participant.admitted": "Participants let in",
    "participant.name_cleared": "Participant’s name cleared",
    "participant.removed": "Participant removed",
    "picture.downloaded": "Picture downloaded",
    "report.downloaded": "Report downloaded",
    "report.requested": "Report requested",
    "respondent.emailed": "Respondents emailed",
    "respondent.guests_asked": "Guests asked to answer",
    "respondent.link_renewed": "Personal link renewed",
    "respondent.members_asked": "Members asked to answer",
    "respondent.reminded": "Respondents reminded",
    "respondent.removed": "Respondent removed",
    "round.agreed": "Round agreed",
    "round.agreement_withdrawn": "Round’s agreement withdrawn",
    "round.closed": "Round closed",
    "round.hands_counted": "Hands counted",
    "round.opened": "Round opened",
    "round.repeated": "Round repeated",
    "round.revealed": "Round revealed",
    "round.skipped": "Round skipped",
    "round.steps_offered": "Steps put to the vote",
    "share.created": "Result shared",
    "share.ended": "Shared link ended",
    "step.changed": "Step changed",
    "step.decided": "Step decided",
    "step.finished": "Step done",
    "step.dropped": "Step dropped",
    "step.moved": "Step moved",
    "step.reopened": "Step reopened",
    "step.started": "Step started",
    "token.created": "API token created",
    "token.revoked": "API token revoked",
    "webhook.added": "Webhook added",
    "webhook.ended": "Webhook ended",
    "webhook.paused": "Webhook paused",
    "webhook.resumed": "Webhook resumed",
    "webhook.tested": "Webhook tested",
    "workshop.agenda_changed": "Agenda changed",
    "workshop.changed": "Workshop changed",
    "workshop.created": "Workshop created",
    "workshop.deleted": "Workshop deleted",
    "workshop.ended": "Workshop ended",
    "workshop.locked": "Workshop locked",
    "workshop.opened": "Workshop opened",
    "workshop.protocol_exported": "Workshop protocol exported",
    "workshop.result_sent": "Workshop result sent",
    "workshop.unlocked": "Workshop unlocked",
    "workspace.created": "Workspace created",
    "workspace.deleted": "Workspace deleted",
    "workspace.deletion_cancelled": "Workspace deletion cancelled",
    "workspace.deletion_requested": "Workspace deletion requested",
    "workspace.opened_to_clients": "Workspace opened to clients",
    "workspace.ownership_transferred": "Ownership transferred",
    "workspace.renamed": "Workspace renamed",
}
_ACTORS: Final = {"link": "somebody with a link", "guest": "a guest"}
_KEYS: Final = {"person": "who", "to": "to", "was": "before"}
_PEOPLE: Final = ("person", "to")


def actor_in_words(actor: Actor, names: Mapping[int, str]) -> str:
    """Return who acted; `names` holds those of the accounts that still exist, by their ids."""
    if actor.user_id is not None:
        return names.get(actor.user_id, DELETED)
    return _ACTORS.get(actor.label, f"Waymark ({actor.label})")


def verb_in_words(verb: str) -> str:
    """Return what was done, as a sentence begins; a code nobody knows any more as it is."""
    return VERBS.get(verb, verb)


def details_in_words(
    detail: Mapping[str, object], names: Mapping[int, str], places: Mapping[str, str]
) -> str:
    """Return an event's figures and keys as "role: lead; before: viewer".

    `places` holds the names of what public ids stand for.
    """
    return "; ".join(
        f"{_KEYS.get(key, key.replace('_', ' '))}: {_value(key, value, names, places)}"
        # By name, because not every database keeps the order they were written in.
        for key, value in sorted(detail.items())
    )


def _value(key: str, value: object, names: Mapping[int, str], places: Mapping[str, str]) -> str:
    if key in _PEOPLE and isinstance(value, int):
        return names.get(value, DELETED)
    if isinstance(value, str):
        return places.get(value, value)
    if isinstance(value, list):
        return ", ".join(str(each).replace("_", " ") for each in value)
    return str(value)
