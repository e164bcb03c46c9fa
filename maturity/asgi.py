"""The ASGI door, for a host that offers nothing else; WSGI answers several times as much."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maturity.settings")
application = get_asgi_application()
