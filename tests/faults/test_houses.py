"""A house is like new when it is furnished again, whatever happened in it; all other fault tests build on that."""

from tests.faults.deaths import STAGES
from tests.faults.houses import House


def rows(house: House) -> dict[str, list[bytes]]:
    return {table: sorted(copied.splitlines()) for table, copied in house.contents.rows.items()}


def files(house: House) -> dict[str, bytes]:
    return {str(path.relative_to(house.home)): path.read_bytes() for path in house.home.rglob("*") if path.is_file()}


def test_a_house_that_was_worked_in_is_furnished_again_like_the_one_it_copies(morning: House) -> None:
    with morning.copy() as used:
        used.do(*STAGES)
        assert rows(used) != rows(morning)
    with morning.copy() as again:
        assert again.name == used.name
        assert rows(again) == rows(morning)
        assert again.contents.counters == morning.contents.counters
        assert files(again) == files(morning)
        assert again.do("account") == morning.do("account")
