"""A Django app with the example in it. Asks for a token as nobody, then as somebody who is signed in; prints the answers."""

import json
import sys

import django
from django.conf import settings

sys.path.insert(0, sys.argv[1])
settings.configure(
    SECRET_KEY="of the sessions",
    OMNI_CALL_AUTH_SECRET=sys.argv[2],
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["testserver"],
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402

from call_token import call_token  # noqa: E402

urlpatterns = [path("call-token", call_token)]


def ask(client):
    answer = client.post("/call-token")
    return {
        "status": answer.status_code,
        "cacheControl": answer.headers.get("Cache-Control"),
        "body": answer.content.decode(),
    }


call_command("migrate", verbosity=0)
User.objects.create_user("ann", first_name="Ann", last_name="Example", pk=7)
stranger, ann = Client(), Client()
ann.force_login(User.objects.get(pk=7))
print(json.dumps([ask(stranger), ask(ann)]))
