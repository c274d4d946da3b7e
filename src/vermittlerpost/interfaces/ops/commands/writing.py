"""`news`: publish, list and withdraw what the MaklerTicker says."""

from pathlib import Path
from typing import Annotated

import typer

from vermittlerpost.interfaces.ops import articles
from vermittlerpost.interfaces.ops.commands.app import AsJson, app, command, show_json, show_table
from vermittlerpost.news import actions as news
from vermittlerpost.news import queries

_OPERATOR = "operator"

group = typer.Typer(help="Meldungen des MaklerTickers veröffentlichen, auflisten, zurückziehen.", no_args_is_help=True)
app.add_typer(group, name="news")


@command("publish", group)
def publish(
    file: Annotated[Path, typer.Argument(help="Markdown-Datei mit title, teaser, audience, valid_from, valid_until.")],
) -> None:
    """Eine Meldung veröffentlichen; gibt es sie schon, wird sie überarbeitet und niemand neu benachrichtigt."""
    draft = articles.read(file)
    if not queries.everything().filter(slug=draft.slug).exists():
        news.publish(draft, by=_OPERATOR)
        print(f"{draft.slug} ist veröffentlicht, gültig ab {draft.valid_from:%d.%m.%Y}.")
    elif changed := news.revise(draft, by=_OPERATOR):
        print(f"{draft.slug} ist überarbeitet: {', '.join(changed)}.")
    else:
        print(f"{draft.slug} ist unverändert.")


@command("list", group)
def list_news(as_json: AsJson = False) -> None:
    """Alle Meldungen, die neueste zuerst, auch zurückgezogene und künftige."""
    rows = [
        {
            "article": article.slug,
            "title": article.title,
            "audience": article.audience,
            "valid_from": article.valid_from,
            "valid_until": article.valid_until,
            "announced_at": article.announced_at,
            "withdrawn_at": article.withdrawn_at,
        }
        for article in queries.everything()
    ]
    if as_json:
        show_json(rows)
        return
    heads = ["Meldung", "Titel", "für", "gültig ab", "gültig bis", "bekannt gegeben", "zurückgezogen"]
    show_table(heads, [list(row.values()) for row in rows])


@command("withdraw", group)
def withdraw(
    slug: Annotated[str, typer.Argument(help="Kurzname der Meldung.")],
    reason: Annotated[str, typer.Option("--reason", help="Begründung; sie steht im Journal.")],
) -> None:
    """Eine Meldung zurückziehen: niemand sieht sie mehr, und wartende Mails nennen sie nicht."""
    news.withdraw(slug, reason=reason, by=_OPERATOR)
    print(f"{slug} ist zurückgezogen.")
