"""Addresses below /services/."""

from django.urls import path

from vermittlerpost.interfaces.portal.services.stub_administration import administration
from vermittlerpost.interfaces.portal.services.stub_profile import profile

urlpatterns = [
    path("mein-profil/", profile, name="profile"),
    path("administration/", administration, name="administration"),
]
