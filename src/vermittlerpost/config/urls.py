"""The tree of addresses: which door answers where."""

from django.urls import include, path

urlpatterns = [
    path("bipro/", include("vermittlerpost.interfaces.bipro.urls")),
    path("innendienst/", include("vermittlerpost.interfaces.backoffice.urls")),
    path("api/v1/", include("vermittlerpost.interfaces.api.urls")),
    path("", include("vermittlerpost.interfaces.ops.urls")),
    path("", include("vermittlerpost.interfaces.portal.urls")),
]
