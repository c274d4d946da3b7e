"""The product's own settings on a throw-away server: TEST_DATABASE_URL if it is set, else an embedded one."""

import atexit
import os
import shutil
import tempfile

if "PYTEST_XDIST_WORKER" not in os.environ:
    # The workers of a parallel run inherit the folder and share the server in it.
    os.environ["VERMITTLERPOST_HOME"] = tempfile.mkdtemp(prefix="vermittlerpost-tests-")
    atexit.register(shutil.rmtree, os.environ["VERMITTLERPOST_HOME"], ignore_errors=True)
os.environ.pop("DATABASE_URL", None)
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from vermittlerpost.config.settings import *  # noqa: F403 (the environment comes first)

PASSWORD_HASHERS = ["tests.hashers.Quick"]
