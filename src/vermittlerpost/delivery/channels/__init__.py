"""Channels: each file is one way to an agency."""

from collections.abc import Mapping

from vermittlerpost.delivery.rules import Channel
from vermittlerpost.lib import catalogue

CHANNELS: Mapping[str, Channel] = catalogue.modules(__name__, Channel)
