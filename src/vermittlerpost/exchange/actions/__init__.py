"""Issue and revoke keys, answer once, tell webhooks."""

from vermittlerpost.exchange.actions.answering import AnswerErased, KeyUnfit, OtherContent, Reply, answer_once
from vermittlerpost.exchange.actions.erasing import erase_answers
from vermittlerpost.exchange.actions.following import follow
from vermittlerpost.exchange.actions.hooking import (
    NotFailed,
    Subscription,
    UnfitWebhook,
    UnknownWebhook,
    add_webhook,
    end_webhook,
    redrive,
    settle,
)
from vermittlerpost.exchange.actions.keys import (
    Issued,
    KeyExpired,
    KeyRevoked,
    KeyUnknown,
    UnfitKey,
    UnknownKey,
    admit,
    issue_key,
    revoke_key,
)
from vermittlerpost.exchange.actions.sending import send

__all__ = [
    "AnswerErased", "Issued", "KeyExpired", "KeyRevoked", "KeyUnfit", "KeyUnknown", "NotFailed", "OtherContent",
    "Reply", "Subscription", "UnfitKey", "UnfitWebhook", "UnknownKey", "UnknownWebhook", "add_webhook", "admit",
    "answer_once", "end_webhook", "erase_answers", "follow", "issue_key", "redrive", "revoke_key", "send", "settle",
]  # fmt: skip
