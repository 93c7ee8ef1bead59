from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from . import views

admin.site.site_header = admin.site.site_title = settings.SITE_NAME

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("", include("meetings.urls")),
]
