"""Reading by a link notes its use and no more; for other reading see test_canaries."""

from assessments.core.services.links import token_of
from maturity.workspaces.models import AuditEvent
from tests.tenancy.snapshot import everything
from tests.tenancy.visitors import Visitor
from tests.tenancy.world import World


def test_reading_by_a_link_notes_its_use_and_no_more(
    world: World, visitors: dict[str, Visitor]
) -> None:
    """When a link was last used tells its holder's lead nothing, and lets an unused one expire."""
    before, events = everything(), AuditEvent.objects.count()
    link = world.a.links["second-open"]

    visitors["anonymous"].send("get", f"/link/{token_of(link)}/")

    after = everything()
    changed = {label for label in before if before[label] != after[label]}
    assert changed == {"assessments.SecretLink", "workspaces.AuditEvent"}
    assert AuditEvent.objects.count() == events + 1
