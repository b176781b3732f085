"""The web server's handle on the app. It does not come up with unsafe settings or too strong a database login."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlyhelp.settings")
application = get_wsgi_application()

from earlyhelp import checks  # noqa: E402  needs the apps that the line above loads

checks.refuse_unsafe_start()
