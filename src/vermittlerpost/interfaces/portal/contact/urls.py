"""Addresses below /kontakt/."""

from django.urls import path

from vermittlerpost.interfaces.portal.contact.stub_contact import contact

urlpatterns = [path("", contact, name="contact")]
