"""intake: files are fed row by row; bad rows are kept with their reason and block nobody; twice is as once (R11)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from tests import acts, cast
from tests.oracle import sample

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake import queries as kept
from vermittlerpost.intake.models import ImportedFile
from vermittlerpost.interfaces.ops.simulation.arrivals import Arrivals
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.models import Entry
from vermittlerpost.notifications.models import Preference

pytestmark = pytest.mark.django_db

OWN_TRACES = {"imported_file", "refused_row"}  # of being fed at all; the world is not changed by them


@pytest.fixture
def feed(tmp_path: Path) -> Callable[..., intake.Report]:
    """Return a function that writes a file and feeds it."""

    def write_and_feed(name: str, *lines: str) -> intake.Report:
        path = tmp_path / name
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
        return intake.feed(path, by="feed")

    return write_and_feed


Feed = Callable[..., intake.Report]


def refusals() -> list[tuple[str, int, str, str]]:
    return [(row.file.name, row.row, row.column, row.value) for row in kept.refused_rows()]


def test_a_bad_row_is_kept_with_its_place_value_and_rule_and_the_good_ones_pass_r11(feed: Feed) -> None:
    report = feed(
        "firms.csv", "id;name;self_service", "F1;Maklerhaus Eins;no", "F2;Maklerhaus Zwei;vielleicht", "F3;;no"
    )
    assert report.counts() == {"accepted": 1, "known": 0, "refused": 2, "warned": 0}
    assert refusals() == [("firms.csv", 3, "self_service", "vielleicht"), ("firms.csv", 4, "name", "")]
    assert [row.rule for row in kept.refused_rows()] == ["yes oder no.", "Die Zelle darf nicht leer sein."]
    assert set(agencies.known_firms(["F1", "F2", "F3"])) == {"F1"}


def test_a_row_that_only_the_database_can_refuse_is_kept_in_the_same_way(feed: Feed) -> None:
    cast.enter()
    report = feed(
        "users.csv", sample.USER, "rom1;F-UNBEKANNT;Anna;;no;no;basic;;yes", f"rom2;{cast.BRUECKNER};Bert;;no;no;;;yes"
    )
    assert report.counts() == {"accepted": 1, "known": 0, "refused": 1, "warned": 0}
    assert refusals() == [("users.csv", 2, "firm", "F-UNBEKANNT")]


def test_a_file_that_is_no_format_of_ours_is_refused_as_a_whole(feed: Feed) -> None:
    report = feed("wetter.csv", "tag;regen", "2026-02-02;viel")
    assert report.counts() == {"accepted": 0, "known": 0, "refused": 1, "warned": 0}
    assert refusals() == [("wetter.csv", 1, "", "wetter.csv")]


def test_a_wrong_header_refuses_the_file_and_a_wrong_count_of_cells_the_row(feed: Feed) -> None:
    feed("firms.csv", "id;name", "F1;Maklerhaus Eins")
    assert not agencies.known_firms(["F1"])
    report = feed("firms.csv", "id;name;self_service", "F1;Maklerhaus Eins;no;zu viel", "F2;Maklerhaus Zwei;no")
    assert (report.accepted, report.refused) == (1, 1)
    assert set(agencies.known_firms(["F1", "F2"])) == {"F2"}


def test_what_was_fed_and_what_became_of_it_is_kept_and_journalled(feed: Feed) -> None:
    feed("firms.csv", "id;name;self_service", "F1;Maklerhaus Eins;no", "F2;Maklerhaus Zwei;vielleicht")
    file = ImportedFile.objects.get()
    assert (file.name, file.format, file.accepted, file.refused) == ("firms.csv", "firms", 1, 1)
    entry = journal.about(f"file:{file.id}").get()
    assert (entry.kind, entry.actor) == ("file.fed", "feed")
    assert entry.data == {"accepted": 1, "known": 0, "refused": 1, "warned": 0}


def test_doubts_are_told_and_the_row_is_taken_all_the_same(feed: Feed) -> None:
    cast.enter()
    report = feed("evb.csv", sample.EVB, f"{acts.EVB};nordlicht;999999;Klara;Weg 1;50667;Köln;2026-01-02;;single")
    assert report.counts() == {"accepted": 1, "known": 0, "refused": 0, "warned": 1}
    assert [remark.column for remark in report.remarks] == ["agency"]
    assert not refusals()


def test_a_known_number_with_other_content_is_refused_naming_the_column(feed: Feed) -> None:
    cast.enter()
    acts.confirm()
    line = f"Z-1;2026-02-02T06:00:00+01:00;registration;{acts.EVB};K-WB 4444;;{acts.VIN};;;Klara;Weg 1;50667;Köln;;"
    feed("notices.csv", sample.NOTICE, line)
    again = feed("notices.csv", sample.NOTICE, line, line.replace("K-WB 4444", "K-WB 5555"))
    assert (again.accepted, again.known, again.refused) == (0, 1, 1)
    assert refusals() == [("notices.csv", 3, "plate", "K-WB 5555")]
    assert acts.case().plate == "K-WB 4444"


def test_the_same_moment_in_another_spelling_is_no_other_content(feed: Feed) -> None:
    cast.enter()
    line = "A-1;2026-02-02T06:00:00+01:00;;K-WB 4444;;"
    feed("applications.csv", sample.APPLICATION, line)
    again = feed("applications.csv", sample.APPLICATION, line.replace("06:00:00+01:00", "05:00:00Z"))
    assert (again.known, again.refused) == (1, 0)


def counts() -> dict[str, int]:
    """Count the rows of every table of the house, but for those that tell of the feeding itself."""
    models = [model for model in apps.get_models() if model.__module__.startswith("vermittlerpost")]
    told = {model.__name__: model._default_manager.count() for model in models}
    told["Entry"] = Entry.objects.exclude(kind="file.fed").count()
    return {name: count for name, count in told.items() if name not in {"ImportedFile", "RefusedRow", "Chain"}}


def test_feeding_a_world_twice_changes_nothing_the_second_time_r11(tmp_path: Path, home: Path) -> None:
    world = sample.world(
        tmp_path,
        users=["rom1;F1;Anna;anna@f1.example;yes;no;view_portfolio;;yes", "rom2;F9;Bert;;no;no;;;yes"],
        preferences=["rom1;urgent_reminders;no"],
        notices=[
            sample.notice("Z-1", "2026-02-02T06:00:00+01:00"),
            sample.notice("Z-2", "2026-02-02T06:00:00+01:00", "NL00002", sample.VIN_2),
            sample.notice("Z-3", "gestern"),
        ],
        applications=["A-1;2026-02-10T10:00:00+01:00;NL00002;;;"],
    )
    paths = Arrivals(world).files
    first = [intake.feed(path, by="feed").counts() for path in paths]
    before, preferences = counts(), list(Preference.objects.values())
    second = [intake.feed(path, by="feed").counts() for path in paths]
    assert counts() == before
    assert list(Preference.objects.values()) == preferences
    assert [count["accepted"] for count in second] == [0] * len(paths)
    assert [count["known"] for count in second] == [count["accepted"] + count["known"] for count in first]
    assert [count["refused"] for count in second] == [count["refused"] for count in first]


def test_several_files_of_notices_are_read_as_one(feed: Feed) -> None:
    cast.enter()
    acts.confirm()
    acts.confirm(acts.OTHER_EVB)
    at = "2026-02-02T06:00:00+01:00"
    feed("notices-1.csv", sample.NOTICE, sample.notice("Z-1", at, acts.EVB))
    feed("notices-2.csv", sample.NOTICE, sample.notice("Z-2", at, acts.OTHER_EVB, sample.VIN_2))
    again = feed("notices-3.csv", sample.NOTICE, sample.notice("Z-1", at, acts.OTHER_EVB))
    assert (acts.case("Z-1").state, acts.case("Z-2").state) == ("grace", "grace")
    assert (again.refused, refusals()) == (1, [("notices-3.csv", 2, "evb", acts.OTHER_EVB)])


def test_a_choice_for_nobody_or_for_no_category_is_refused(feed: Feed) -> None:
    cast.enter()
    report = feed(
        "preferences.csv",
        "login_id;category;choice",
        "niemand;urgent_reminders;yes",
        f"{cast.BERND};brieftauben;yes",
        f"{cast.BERND};urgent_reminders;yes",
    )
    assert (report.accepted, report.refused) == (1, 2)
    assert [column for _, _, column, _ in refusals()] == ["login_id", "category"]
    assert Preference.objects.get().user.login_id == cast.BERND
