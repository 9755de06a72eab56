"""Two runs never write the same report at the same time."""

import subprocess
import sys

import pytest

from kamlab.errors import UsageError
from kamlab.report.lock import only_run


def test_a_second_run_is_refused_and_a_later_one_is_not(tmp_path):
    with only_run(tmp_path / "report"):
        second = only_run(tmp_path / "report")
        with pytest.raises(UsageError, match="is being written by another run"), second:
            pytest.fail("two runs at once")
        with only_run(tmp_path / "other"):
            pass
    with only_run(tmp_path / "report"):
        pass


def test_the_lock_of_a_killed_run_does_not_outlive_it(tmp_path):
    code = (
        "import os, signal\nfrom pathlib import Path\n"
        "from kamlab.report.lock import only_run\n"
        f"with only_run(Path({str(tmp_path / 'report')!r})):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode < 0
    with only_run(tmp_path / "report"):
        pass
