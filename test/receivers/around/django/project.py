"""The smallest project around views.py."""

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="of this project only",
)
application = get_asgi_application()

import views  # noqa: E402, as it needs the settings

urlpatterns = [path("webhooks/fin", views.fin_webhook)]
