"""The tree of addresses: which door answers where."""

from django.urls import include, path

urlpatterns = [path("", include("vermittlerpost.interfaces.portal.urls"))]
