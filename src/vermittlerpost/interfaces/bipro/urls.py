"""The addresses of this door: all of them lead to one place, where the message decides."""

from django.urls import re_path

from vermittlerpost.interfaces.bipro.exchange import exchange

urlpatterns = [re_path(r"^(?P<path>[\s\S]*)\Z", exchange, name="bipro")]
