"""Why a message to a webhook did not arrive is kept as a code and no longer as words."""

from collections.abc import Mapping

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

WORDS = {
    "too_long": "it is longer than 500 characters",
    "not_printable": "it holds a blank or another character that has to be written as %…",
    "no_url": "it is not an address",
    "no_scheme_or_host": "it does not begin with https:// and a host",
    "not_https": "it does not begin with https://",
    "credentials": "it holds a name or a password",
    "fragment": "it holds a #",
    "port": "its port is not one of the web",
    "no_addresses": "its host has no address",
    "host_no_ip": "its host is not an IP address",
    "host_scoped": "its host is of one network only",
    "host_no_name": "its host is not a name",
    "host_odd_ip": "its host is an unusual way to write an IP address",
    "host_inside": "its host is a name inside a network",
    "network_reserved": "it leads to a network that nobody’s web server is in",
    "network_private": "it leads into a private network",
    "certificate": "its certificate is not valid",
    "timeout": "no answer in time",
    "connection": "the connection failed",
    "host_not_found": "the host was not found",
    "not_http": "the answer was not HTTP",
    "paused": "sending was paused",
    "workspace_ending": "the workspace is about to be deleted",
    "secret": "its secret can no longer be read: end it and add it again",
}
# Words that held a number.
BEGINNINGS = {"it is longer than": "too_long", "no answer within": "timeout", "port ": "port"}


def to_codes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rewrite(apps, {words: code for code, words in WORDS.items()})
    deliveries = apps.get_model("assessments", "Delivery").objects
    for beginning, code in BEGINNINGS.items():
        deliveries.filter(problem__startswith=beginning).update(problem=code)


def to_words(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rewrite(apps, WORDS)


def _rewrite(apps: StateApps, new: Mapping[str, str]) -> None:
    deliveries = apps.get_model("assessments", "Delivery").objects
    for problem in deliveries.order_by().values_list("problem", flat=True).distinct():
        if problem in new:
            deliveries.filter(problem=problem).update(problem=new[problem])


class Migration(migrations.Migration):
    dependencies = [("assessments", "0009_hidden_codes")]

    operations = [migrations.RunPython(to_codes, to_words)]
