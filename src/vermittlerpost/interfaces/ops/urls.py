"""The addresses that machines ask."""

from django.urls import path

from vermittlerpost.interfaces.ops import probes

urlpatterns = [
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
]
