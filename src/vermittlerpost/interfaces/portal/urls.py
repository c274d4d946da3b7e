"""The portal's addresses; each part of the portal has its own below one of these."""

from django.urls import include, path

from vermittlerpost.interfaces.portal.access.entrance import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("vermittlerpost.interfaces.portal.access.urls")),
    path("", include("vermittlerpost.interfaces.portal.cockpit.calendar_urls")),
    path("cockpit/", include("vermittlerpost.interfaces.portal.cockpit.urls")),
    path("aktuelles/", include("vermittlerpost.interfaces.portal.news.urls")),
    path("services/", include("vermittlerpost.interfaces.portal.services.urls")),
    path("kontakt/", include("vermittlerpost.interfaces.portal.contact.urls")),
    path("entwicklung/", include("vermittlerpost.interfaces.portal.development.urls")),
]
