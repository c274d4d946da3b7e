"""Publish news, and keep what users ask of their contact."""

from vermittlerpost.news.actions.asking import Question, ask
from vermittlerpost.news.actions.publishing import announce_due, publish, revise, withdraw

__all__ = ["Question", "announce_due", "ask", "publish", "revise", "withdraw"]
