#!/usr/bin/env python3
"""Make the sample world: `python examples/make_world.py [--seed N] [--into FOLDER]`."""

import argparse
from pathlib import Path

from worldmaker.world import make

HERE = Path(__file__).resolve().parent
SEED = 20260223


def main() -> None:
    """Write world/ and README.md; the committed ones are those of the default seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--into", type=Path, default=HERE)
    arguments = parser.parse_args()
    make(arguments.seed).write_into(arguments.into)


if __name__ == "__main__":
    main()
