"""`vermittlerpost news`: articles are files, and what is wrong with one is said in one German line."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from vermittlerpost.agencies.rules import Audience
from vermittlerpost.interfaces.ops import articles
from vermittlerpost.interfaces.ops.articles import UnreadableArticle
from vermittlerpost.interfaces.ops.commands import app
from vermittlerpost.news.rules import flaws

SAMPLES = sorted(Path("examples/world/news").glob("*.md"))
ARTICLE = """---
title: Ein Titel: mit Doppelpunkt
teaser: Ein Anreißer.
audience: electronic
valid_from: 2026-03-16
valid_until:
---

Der **Text**.
---
Auch das gehört dazu.
"""


def file_with(folder: Path, text: str, name: str = "eine-meldung.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def news(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["news", *arguments])


def test_a_file_says_what_an_article_needs_and_its_name_is_the_articles(tmp_path: Path) -> None:
    draft = articles.read(file_with(tmp_path, ARTICLE))
    assert (draft.slug, draft.title) == ("eine-meldung", "Ein Titel: mit Doppelpunkt")
    assert (draft.audience, draft.valid_from, draft.valid_until) == (Audience.ELECTRONIC, date(2026, 3, 16), None)
    assert draft.body == "Der **Text**.\n---\nAuch das gehört dazu.\n"


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("title: Ein Titel: mit Doppelpunkt\n", "", "Es fehlt title"),
        ("teaser:", "author: ich\nteaser:", "Unbekannt ist author"),
        ("electronic", "alle", "audience ist eines von all, electronic, administrators"),
        ("2026-03-16", "16.03.2026", "„16.03.2026“ ist kein Tag"),
        ("---\ntitle", "title", "zwischen zwei Zeilen"),
        ("teaser:", "teaser", "Eine Angabe sieht so aus"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    tmp_path: Path, wrong: str, right: str, says: str
) -> None:
    with pytest.raises(UnreadableArticle, match=says):
        articles.read(file_with(tmp_path, ARTICLE.replace(wrong, right, 1)))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_article_of_the_sample_world_is_fit_to_be_published(sample: Path) -> None:
    assert flaws(articles.read(sample)) == []


def test_there_is_a_sample_for_each_audience() -> None:
    assert {articles.read(sample).audience for sample in SAMPLES} == set(Audience)


@pytest.mark.django_db
def test_an_article_is_published_revised_listed_and_withdrawn(tmp_path: Path) -> None:
    file = file_with(tmp_path, ARTICLE)
    assert news("publish", str(file)).stdout == "eine-meldung ist veröffentlicht, gültig ab 16.03.2026.\n"
    assert news("publish", str(file)).stdout == "eine-meldung ist unverändert.\n"
    file_with(tmp_path, ARTICLE.replace("Ein Anreißer.", "Ein anderer."))
    assert news("publish", str(file)).stdout == "eine-meldung ist überarbeitet: teaser.\n"
    assert news("withdraw", "eine-meldung", "--reason", "Fehler").exit_code == 0
    [row] = json.loads(news("list", "--json").stdout)
    assert (row["article"], row["audience"], bool(row["withdrawn_at"])) == ("eine-meldung", "electronic", True)
    assert "Ein Titel: mit Doppelpunkt" in news("list").stdout


@pytest.mark.django_db
def test_a_refusal_is_one_line_and_exit_code_one(tmp_path: Path) -> None:
    unfit = news("publish", str(file_with(tmp_path, ARTICLE, name="Unfein Benannt.md")))
    assert (unfit.exit_code, unfit.stderr.count("\n")) == (1, 1)
    assert "Der Kurzname" in unfit.stderr
    unknown = news("withdraw", "gibt-es-nicht", "--reason", "Fehler")
    assert (unknown.exit_code, unknown.stderr) == (1, "Eine Meldung gibt-es-nicht gibt es nicht.\n")
