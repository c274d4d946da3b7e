"""Pin the random worlds: the same for the same seed, and nothing that files can express is left out."""

from pathlib import Path

from . import compute, make


def test_the_same_seed_makes_the_same_world(tmp_path: Path) -> None:
    assert make(7, tmp_path / "one") == make(7, tmp_path / "two")
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_random_worlds_reach_every_state_reason_and_channel(tmp_path: Path) -> None:
    outcomes = []
    for seed in range(60):
        first, last = make(seed, tmp_path / str(seed))
        outcomes.append(compute(tmp_path / str(seed), first, last))
    cases = {(line["state"], line["reason"]) for outcome in outcomes for line in outcome.cases}
    decisions = {line["reason"] for outcome in outcomes for line in outcome.decisions}
    letters = {(line["level"], line["channel"]) for outcome in outcomes for line in outcome.letters}
    open_states = {"grace", "requested", "reminded_1", "reminded_2", "cancellation_proposed"}
    doubts = {"evb_expired", "evb_unknown", "agency_missing", "evb_used_twice"}
    ends = {"application", "other_insurer", "deregistration", "withdrawn"}
    assert cases == (
        {(state, None) for state in open_states}
        | {("clarification", doubt) for doubt in doubts}
        | {("closed", end) for end in ends}
    )
    reasons = {"inactive", "technical", "no_right", "preference", "no_address", "already_mailed"}
    assert decisions == {None, *reasons}
    assert letters == {(level, channel) for level in (0, 1, 2) for channel in ("electronic", "post")}
