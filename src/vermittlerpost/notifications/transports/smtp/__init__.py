"""Mails to an SMTP server."""

from vermittlerpost.notifications.transports import Transport
from vermittlerpost.notifications.transports.smtp.server import SmtpServer

__all__ = ["SMTP", "SmtpServer"]

SMTP = Transport(title="SMTP-Server", destination=SmtpServer)
