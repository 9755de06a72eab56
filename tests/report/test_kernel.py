"""The environment of kernels: ours alone, with warnings as errors."""

import json
import os
import subprocess
import sys
import warnings

import pytest

from kamlab.report.kernel import kernel_environment, kernel_manager, kill_kernel
from kamlab.report.kernel_startup import ALLOWED, load_ipython_extension


def test_the_profile_loads_the_start_up_and_keeps_no_history(tmp_path):
    environment = kernel_environment(tmp_path / "profile")
    file = tmp_path / "profile" / "profile_default" / "ipython_kernel_config.json"
    settings = json.loads(file.read_text())
    assert environment["IPYTHONDIR"] == str(tmp_path / "profile")
    assert settings["IPKernelApp"]["extra_extensions"] == [
        "kamlab.report.kernel_startup"
    ]
    assert settings["HistoryManager"] == {"enabled": False}


def test_the_kernel_is_the_interpreter_that_runs_kamlab():
    manager = kernel_manager({})(kernel_name="python3")
    assert manager.kernel_spec.argv[0] == sys.executable


def test_after_the_start_up_a_warning_is_an_error():
    with warnings.catch_warnings():
        load_ipython_extension(None)
        with pytest.raises(UserWarning, match="hm"):
            warnings.warn("hm", UserWarning, stacklevel=1)


@pytest.mark.parametrize(("category", "message"), ALLOWED)
def test_what_is_on_the_list_is_allowed(category, message):
    with warnings.catch_warnings(record=True) as caught:
        load_ipython_extension(None)
        warnings.warn(category(message), stacklevel=1)
    assert caught == []


class _Provisioner:
    def __init__(self, process: subprocess.Popen | None) -> None:
        self.process = process


class _Manager:
    def __init__(self, process: subprocess.Popen | None) -> None:
        self.provisioner = _Provisioner(process)


def test_killing_a_kernel_ends_what_it_started():
    script = (
        "import subprocess; child = subprocess.Popen(['sleep', '60']); "
        "print(child.pid, flush=True); child.wait()"
    )
    command = [sys.executable, "-c", script]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    with process:
        child = int(process.stdout.readline())
        kill_kernel(_Manager(process))
        assert process.wait(10) != 0
        # Its pipe ends only when the child, too, has let go of it.
        assert process.stdout.read() == b""
    assert not os.path.exists(f"/proc/{child}/fd/1")


def test_a_kernel_that_has_ended_is_left_alone():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait(10)
    kill_kernel(_Manager(process))
    kill_kernel(_Manager(None))
    assert process.returncode == 0
