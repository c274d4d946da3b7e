#!/usr/bin/env bash
# Write requirements/ from pyproject.toml: one version and its hashes per package, for every platform, and no address.
# Versions stay as they are where they can; `tools/lock.sh --upgrade` takes the newest.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v uv >/dev/null; then
    echo "uv is missing: it resolves for all platforms at once. Install it (for instance with pipx) and try again." >&2
    exit 1
fi

lock() { # lock OUTPUT ARGUMENT…
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --output-file "requirements/$1" "${@:2}" "${choice[@]}"
}

choice=("$@")
lock dev.txt pyproject.toml --extra dev
lock run.txt pyproject.toml --constraint requirements/dev.txt
lock extras.txt pyproject.toml --extra s3 --extra sftp --constraint requirements/dev.txt
lock bench.txt pyproject.toml --extra dev --extra bench --constraint requirements/dev.txt
"${PYTHON:-python3}" -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' |
    lock build.txt -

if grep -nE 'https?://|file:' requirements/*.txt; then
    echo "The lines above name an address: a lock must install from wherever its reader gets packages." >&2
    exit 1
fi
