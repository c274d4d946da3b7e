"""Publish news, and keep what users ask of their contact."""

from vermittlerpost.news.actions.asking import Question, ask, note_answered
from vermittlerpost.news.actions.erasing import erase_requests
from vermittlerpost.news.actions.publishing import announce_due, publish, revise, withdraw

__all__ = ["Question", "announce_due", "ask", "erase_requests", "note_answered", "publish", "revise", "withdraw"]
