"""Addresses below /kontakt/."""

from django.urls import path

from vermittlerpost.interfaces.portal.contact.pages import contact

urlpatterns = [path("", contact, name="contact")]
