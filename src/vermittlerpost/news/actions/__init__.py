"""Publish news, and keep what users ask of their contact."""

from vermittlerpost.news.actions.asking import MOST_A_DAY, Question, TooManyQuestions, ask, note_answered
from vermittlerpost.news.actions.erasing import erase_requests
from vermittlerpost.news.actions.publishing import announce_due, publish, revise, withdraw

__all__ = [
    "MOST_A_DAY", "Question", "TooManyQuestions", "announce_due", "ask", "erase_requests", "note_answered", "publish",
    "revise", "withdraw",
]  # fmt: skip
