"""What belongs together: VIN, else eVB, else plate (rulings 5, 6, S1, S4)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermittlerpost.intake.rules.matching import (
    Closeness,
    EvbKind,
    Marks,
    Registration,
    application_fits,
    closest,
    signal_fits,
)

PERMANENT = EvbKind.PERMANENT


def registration(message_id: str = "Z-1", **fields: Any) -> Registration:
    known: dict[str, Any] = {"evb": "EVB0001", "vin": "VIN01", "plates": ["K-WB 4444"], "policyholder": "klara"}
    known |= {"message_id": message_id, "case": f"V-{message_id}", "keeper": "klara", "is_open": True}
    return Registration(**known | fields)


def marks(**fields: Any) -> Marks:
    return Marks(**{"vin": "", "evb": "", "plate": "", **fields})


# What the application says, what the registration says otherwise, and by what they belong together.
APPLICATIONS: list[tuple[dict[str, Any], dict[str, Any], Closeness | None]] = [
    ({"vin": "VIN01"}, {}, Closeness.VIN),
    ({"vin": "VIN01", "evb": "EVB0002"}, {}, Closeness.VIN),  # the VIN is enough
    ({"vin": "VIN02"}, {}, None),
    ({"evb": "EVB0001"}, {}, Closeness.EVB),
    ({"evb": "EVB0001", "vin": "VIN02"}, {}, Closeness.EVB),  # a single eVB also counts if the VIN differs
    ({"evb": "EVB0001", "vin": "VIN02", "evb_kind": PERMANENT}, {}, None),  # a permanent one does not
    ({"evb": "EVB0001", "evb_kind": PERMANENT}, {}, Closeness.EVB),
    ({"evb": "EVB0001", "vin": "VIN02", "evb_kind": PERMANENT}, {"vin": ""}, Closeness.EVB),  # no *other* VIN
    ({"evb": "EVB0002"}, {}, None),
    ({"plate": "K-WB 4444", "policyholder": "klara"}, {}, Closeness.PLATE),
    ({"plate": "K-WB 4444", "policyholder": "klara", "vin": "VIN02"}, {}, Closeness.PLATE),
    ({"plate": "K-WB 4444", "policyholder": "jörg"}, {}, None),  # somebody else
    ({"plate": "K-WB 4444"}, {}, None),  # nobody knows who applies
    ({"plate": "K-WB 4444"}, {"policyholder": ""}, None),  # two unknown names are not one
    ({"plate": "K-WB 5555", "policyholder": "klara"}, {}, None),
    ({"plate": "K-WB 5555", "policyholder": "klara"}, {"plates": ["K-WB 4444", "K-WB 5555"]}, Closeness.PLATE),
    ({"plate": "MUE-A 12", "policyholder": "klara"}, {"plates": ["MÜ-A 12"]}, Closeness.PLATE),
    ({"plate": "B-AM 12", "policyholder": "klara"}, {"plates": ["BA-M 12"]}, None),
    ({"policyholder": "klara"}, {}, None),  # a name alone says nothing
    ({}, {"vin": "", "evb": ""}, None),  # what is missing on both sides is not the same
]


@pytest.mark.parametrize(("said", "known", "closeness"), APPLICATIONS)
def test_an_application_belongs_by_vin_else_evb_else_plate_and_policyholder(
    said: dict[str, Any], known: dict[str, Any], closeness: Closeness | None
) -> None:
    assert application_fits(marks(**said), registration(**known)) == closeness


SIGNALS: list[tuple[dict[str, Any], dict[str, Any], Closeness | None]] = [
    ({"vin": "VIN01"}, {}, Closeness.VIN),
    ({"evb": "EVB0001"}, {}, Closeness.EVB),
    ({"evb": "EVB0001", "vin": "VIN02"}, {}, None),  # it names another vehicle
    ({"evb": "EVB0001", "vin": "VIN02"}, {"vin": ""}, Closeness.EVB),  # ours may be that one
    ({"plate": "K-WB 4444"}, {}, Closeness.PLATE),  # nobody's name is needed
    ({"plate": "K-WB 4444", "vin": "VIN02"}, {}, None),
    ({"plate": "K-WB 4444", "vin": "VIN02"}, {"vin": ""}, Closeness.PLATE),
    ({"plate": "K-WB 4444", "evb": "EVB0002"}, {}, Closeness.PLATE),
    ({"evb": "EVB0002", "plate": "K-WB 5555"}, {}, None),
]


@pytest.mark.parametrize(("said", "known", "closeness"), SIGNALS)
def test_a_signal_belongs_by_vin_else_evb_else_plate_unless_it_names_another_vin(
    said: dict[str, Any], known: dict[str, Any], closeness: Closeness | None
) -> None:
    assert signal_fits(marks(**said), registration(**known)) == closeness


def names(found: list[Registration]) -> list[str]:
    return [one.message_id for one in found]


def test_the_closest_wins_and_a_lesser_match_does_not_compete() -> None:
    by_vin, by_evb = registration("by_vin", evb="EVB0009"), registration("by_evb", vin="VIN09")
    assert names(closest(marks(vin="VIN01", evb="EVB0001"), [by_evb, by_vin], application_fits)) == ["by_vin"]


def test_several_that_fit_alike_are_all_told() -> None:
    both = [registration("one"), registration("other", vin="VIN09")]
    assert names(closest(marks(evb="EVB0001"), both, application_fits)) == ["one", "other"]


def test_of_two_cases_with_one_vin_the_evb_decides() -> None:
    first, second = registration("first"), registration("second", evb="EVB0002")
    said = marks(vin="VIN01", evb="EVB0002")
    assert names(closest(said, [first, second], application_fits)) == ["second"]
    assert names(closest(marks(vin="VIN01"), [first, second], application_fits)) == ["first", "second"]
    assert names(closest(marks(vin="VIN01", evb="EVB0009"), [first, second], application_fits)) == ["first", "second"]


WORDS = {
    "vin": st.sampled_from(["", "VIN01", "VIN02"]),
    "evb": st.sampled_from(["", "EVB0001", "EVB0002"]),
    "plate": st.sampled_from(["", "K-WB 4444", "MÜ-A 12"]),
}


@given(st.fixed_dictionaries(WORDS), st.sampled_from([application_fits, signal_fits]))
def test_what_says_nothing_that_we_know_belongs_to_nothing(said: dict[str, str], fits: Any) -> None:
    stranger = registration(vin="VIN03", evb="EVB0003", plates=["HH-X 1"])
    assert fits(marks(policyholder="klara", **said), stranger) is None
