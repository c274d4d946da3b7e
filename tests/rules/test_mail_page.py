"""The HTML part: it says what the text says, loads nothing, and can be read in the dark."""

import re
from dataclasses import replace

from hypothesis import given, settings
from tests.rules.mail_samples import (
    MONDAY,
    ONE,
    OPERATOR,
    Page,
    announcements,
    page,
    part,
    reminders,
)

from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.composing import Announcement, Item, compose
from vermittlerpost.notifications.texts.wording import counted

DAY = re.compile(r"\w\w\., \d\d\.\d\d\.\d{4}")
AGENCY = re.compile(r"^Agentur:? +([^\s:]+)", re.MULTILINE)
LINK = re.compile(r"^https://\S+", re.MULTILINE)


@settings(deadline=None, max_examples=50)
@given(announcements())
def test_both_parts_say_the_same(announcement: Announcement) -> None:
    data = compose(announcement, OPERATOR)
    told, shown = part(data, "plain"), Page(part(data, "html"))
    assert set(DAY.findall(told)) == set(DAY.findall(shown.text))
    assert [agency for agency in AGENCY.findall(told) if agency not in shown.text] == []
    assert set(LINK.findall(told)) == set(shown.values("href"))
    category = CATEGORIES[announcement.category]
    assert counted(category, len(announcement.items)) in shown.text


def test_the_page_loads_nothing_and_watches_nobody() -> None:
    data = compose(replace(ONE, items=reminders(30, agencies=12)), OPERATOR)
    shown = Page(part(data, "html"))
    assert not {"img", "script", "link", "iframe", "object", "form"} & {tag for tag, _ in shown.elements}
    assert "url(" not in part(data, "html")
    assert [href for href in shown.values("href") if not re.fullmatch(r"https://portal\.example/[a-z/-]+", href)] == []


def test_every_colour_of_the_page_has_its_counterpart_in_the_dark() -> None:
    shown = page(replace(ONE, items=reminders(30, agencies=12)))
    dark = set(re.findall(r"^\s*\.(\w+) {", "".join(shown.texts), re.MULTILINE))
    coloured = [attributes for _, attributes in shown.elements if "#" in attributes.get("style", "")]
    assert len(coloured) > 10
    assert [one for one in coloured if not dark & set(one.get("class", "").split())] == []


def test_what_comes_from_outside_cannot_become_markup() -> None:
    hostile = page(replace(ONE, items=[Item(letter='"><b>', agency="<b>&amp;", due_on=MONDAY)]))
    assert "b" not in {tag for tag, _ in hostile.elements}
    assert "<b>&amp;" in hostile.text
    assert "https://portal.example/cockpit/vermittlerpost/%22%3E%3Cb%3E/" in hostile.values("href")
