"""What was done is kept in the trail as a code and no longer as words."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

CODES = {
    "own data exported": "account.data_exported",
    "account deleted": "account.deleted",
    "e-mail address changed": "account.email_changed",
    "name changed": "account.name_changed",
    "password changed": "account.password_changed",
    "recovery codes renewed": "account.recovery_codes_renewed",
    "second factor added": "account.second_factor_added",
    "second factor removed": "account.second_factor_removed",
    "other sign-in connected": "account.sign_in_connected",
    "other sign-in removed": "account.sign_in_disconnected",
    "sign-in failed": "account.sign_in_failed",
    "signed in": "account.signed_in",
    "signed out": "account.signed_out",
    "signed out everywhere": "account.signed_out_everywhere",
    "mails about steps turned off": "account.step_emails_turned_off",
    "mails about steps turned on": "account.step_emails_turned_on",
    "agreed answer changed": "agreed_answer.changed",
    "agreed answer recorded": "agreed_answer.recorded",
    "agreed answer withdrawn": "agreed_answer.withdrawn",
    "answers ended": "assessment.answers_ended",
    "answers taken again": "assessment.answers_reopened",
    "assessment claimed": "assessment.claimed",
    "assessment closed": "assessment.closed",
    "assessment deleted": "assessment.deleted",
    "assessment imported": "assessment.imported",
    "assessment reopened": "assessment.reopened",
    "assessment set up": "assessment.setup_changed",
    "assessment started": "assessment.started",
    "targets changed": "assessment.targets_changed",
    "audit trail exported": "audit_log.exported",
    "branding changed": "branding.changed",
    "logo removed": "branding.logo_removed",
    "logo set": "branding.logo_uploaded",
    "branding reset": "branding.reset",
    "calendar address made": "calendar_feed.created",
    "calendar address ended": "calendar_feed.ended",
    "calendar address made anew": "calendar_feed.renewed",
    "invitation accepted": "invitation.accepted",
    "invitation made": "invitation.created",
    "invitation resent": "invitation.resent",
    "invitation revoked": "invitation.revoked",
    "link e-mailed": "link.emailed",
    "link opened": "link.opened",
    "link renewed": "link.renewed",
    "member added": "member.added",
    "member left": "member.left",
    "member removed": "member.removed",
    "role changed": "member.role_changed",
    "open link made": "open_link.created",
    "joined by open link": "open_link.joined",
    "open link renewed": "open_link.renewed",
    "open link off": "open_link.turned_off",
    "open link on": "open_link.turned_on",
    "organisation added": "organisation.added",
    "organisation archived": "organisation.archived",
    "organisation changed": "organisation.changed",
    "organisation brought back": "organisation.restored",
    "participants let in": "participant.admitted",
    "participant's name cleared": "participant.name_cleared",
    "participant taken out": "participant.removed",
    "picture downloaded": "picture.downloaded",
    "report downloaded": "report.downloaded",
    "report asked for": "report.requested",
    "respondents mailed": "respondent.emailed",
    "guests asked": "respondent.guests_asked",
    "personal link renewed": "respondent.link_renewed",
    "members asked": "respondent.members_asked",
    "respondents reminded": "respondent.reminded",
    "respondent removed": "respondent.removed",
    "round agreed": "round.agreed",
    "round's agreement taken back": "round.agreement_withdrawn",
    "round closed": "round.closed",
    "hands counted": "round.hands_counted",
    "round opened": "round.opened",
    "round voted again": "round.repeated",
    "round revealed": "round.revealed",
    "round skipped": "round.skipped",
    "steps put to choice": "round.steps_offered",
    "result shared": "share.created",
    "shared link ended": "share.ended",
    "step changed": "step.changed",
    "step decided": "step.decided",
    "step done": "step.finished",
    "step dropped": "step.dropped",
    "step moved": "step.moved",
    "step taken up again": "step.reopened",
    "step begun": "step.started",
    "API token made": "token.created",
    "API token revoked": "token.revoked",
    "webhook added": "webhook.added",
    "webhook ended": "webhook.ended",
    "webhook paused": "webhook.paused",
    "webhook resumed": "webhook.resumed",
    "webhook tested": "webhook.tested",
    "agenda changed": "workshop.agenda_changed",
    "workshop changed": "workshop.changed",
    "workshop prepared": "workshop.created",
    "workshop deleted": "workshop.deleted",
    "workshop ended": "workshop.ended",
    "workshop locked": "workshop.locked",
    "workshop opened": "workshop.opened",
    "workshop protocol exported": "workshop.protocol_exported",
    "workshop result sent": "workshop.result_sent",
    "workshop unlocked": "workshop.unlocked",
    "workspace created": "workspace.created",
    "workspace deleted": "workspace.deleted",
    "workspace deletion undone": "workspace.deletion_cancelled",
    "workspace deletion asked": "workspace.deletion_requested",
    "workspace opened to clients": "workspace.opened_to_clients",
    "ownership handed over": "workspace.ownership_transferred",
    "workspace renamed": "workspace.renamed",
}


def to_codes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rewrite(apps, CODES)


def to_words(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rewrite(apps, {code: words for words, code in CODES.items()})


def _rewrite(apps: StateApps, verbs: dict[str, str]) -> None:
    # Migrations see no manager that refuses to change events.
    events = apps.get_model("workspaces", "AuditEvent").objects
    for verb in events.order_by().values_list("verb", flat=True).distinct():
        if verb in verbs:
            events.filter(verb=verb).update(verb=verbs[verb])


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0005_api_tokens")]

    operations = [migrations.RunPython(to_codes, to_words)]
