"""Categories: what users are told about, for whom it is preset to Ja, and how their subjects read."""

from datetime import date, timedelta
from itertools import product

import pytest

from vermittlerpost.notifications.categories import CATEGORIES, DOCUMENT_PROVIDED, LETTER_PROVIDED, Role
from vermittlerpost.notifications.texts.wording import URGENCIES, Item, subject, summary

NOBODY = Role(administrator=False, restricted=False)
ADMINISTRATOR = Role(administrator=True, restricted=False)
RESTRICTED = Role(administrator=False, restricted=True)
BOTH = Role(administrator=True, restricted=True)


@pytest.mark.parametrize(
    ("code", "preset_to_ja"),
    [
        ("important_letters", [ADMINISTRATOR, RESTRICTED, BOTH]),  # M8
        ("urgent_reminders", [ADMINISTRATOR, RESTRICTED, BOTH]),  # M8
        ("archive_document", []),  # many, and nothing to be done
        ("portfolio_event", [RESTRICTED, BOTH]),  # few, and theirs alone
        ("statement_available", [ADMINISTRATOR, BOTH]),  # what the firm earns
        ("news", []),  # § 7 UWG
    ],
)
def test_a_category_is_preset_to_ja_for_its_roles_and_nobody_else(code: str, preset_to_ja: list[Role]) -> None:
    roles = [NOBODY, ADMINISTRATOR, RESTRICTED, BOTH]
    assert [role for role in roles if CATEGORIES[code].role_default(role)] == preset_to_ja


def test_the_two_kfz_categories_wait_for_letters_and_the_others_for_documents() -> None:
    assert {code: category.event for code, category in CATEGORIES.items()} == {
        "archive_document": DOCUMENT_PROVIDED,
        "important_letters": LETTER_PROVIDED,
        "news": DOCUMENT_PROVIDED,
        "portfolio_event": DOCUMENT_PROVIDED,
        "statement_available": DOCUMENT_PROVIDED,
        "urgent_reminders": LETTER_PROVIDED,
    }


def test_the_two_kfz_categories_bear_the_names_of_the_announcement() -> None:
    titles = {CATEGORIES["important_letters"].title, CATEGORIES["urgent_reminders"].title}
    assert titles == {"Wichtige Schreiben", "Eilige Erinnerungen"}


def test_only_urgent_reminders_are_urgent_and_they_wait_for_nothing() -> None:
    assert [code for code, category in CATEGORIES.items() if category.urgent] == ["urgent_reminders"]
    assert [code for code, category in CATEGORIES.items() if not category.merge_window] == ["urgent_reminders"]


def test_an_urgent_category_that_would_wait_is_refused() -> None:
    calm = CATEGORIES["news"]
    texts = {name: getattr(calm, name) for name in ("one", "many", "lead_one", "lead_many", "open_one")}
    with pytest.raises(ValueError, match="never waits"):
        type(calm)(
            title="Eilig",
            sentence="Eilig.",
            example="1 Eiliges",
            event=DOCUMENT_PROVIDED,
            role_default=calm.role_default,
            merge_window=timedelta(minutes=1),
            urgent=True,
            **texts,
        )


@pytest.mark.parametrize("code", CATEGORIES)
def test_the_example_on_the_settings_page_is_a_subject_that_can_really_be_sent(code: str) -> None:
    category = CATEGORIES[code]
    possible = {
        subject(category, summary([Item(letter="L", agency=agency, urgency=urgency, due_on=due)] * count))
        for count, agency, urgency, due in product(range(1, 13), ("4711", None), URGENCIES, (date(2026, 4, 13), None))
    }
    assert category.example in possible


@pytest.mark.parametrize("code", CATEGORIES)
def test_a_category_explains_itself_in_one_sentence(code: str) -> None:
    sentence = CATEGORIES[code].sentence
    assert sentence.startswith("Wenn ")
    assert sentence.count(".") == 1
    assert sentence.endswith(".")
