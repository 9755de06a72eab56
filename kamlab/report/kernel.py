"""The kernel a notebook runs in: this interpreter, warnings as errors, no user's files.

Glossary
--------
profile
    IPython's folder of settings. Kernels get one of their own, so that what a user
    keeps in the home folder cannot change a report.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from traitlets import default

from kamlab.report.shared import FOLDER
from kamlab.report.warm import WarmParent, WarmProvisioner

_SETTINGS = {
    "IPKernelApp": {
        "extra_extensions": ["kamlab.report.kernel_startup"],
        "log_level": 40,
    },
    "HistoryManager": {"enabled": False},
}


def kernel_environment(folder: Path) -> dict[str, str]:
    """Return the environment variables with which a kernel starts as in a report.

    Parameters
    ----------
    folder : Path
        Where the IPython profile is written; it must outlive the kernel.

    Returns
    -------
    dict of str to str
        To be added to the environment of any program that starts kernels: papermill,
        nbclient, nbval.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kernel_environment(Path(folder))["PYTHONHASHSEED"]
    '0'
    """
    profile, temporary = folder / "profile_default", folder / "tmp"
    common = folder / "shared"
    for each in (profile, temporary, common):
        each.mkdir(parents=True, exist_ok=True)
    settings = json.dumps(_SETTINGS, indent=1)
    (profile / "ipython_kernel_config.json").write_text(settings, encoding="utf-8")
    return {
        "IPYTHONDIR": str(folder),
        FOLDER: str(common),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONHASHSEED": "0",
        "TMPDIR": str(temporary),  # kernels are ended without time to tidy up
    }


class _ThisInterpreter(KernelSpecManager):
    """Finds one kernel, whatever is installed: the interpreter that runs kamlab."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return how to start this interpreter, under whatever name it is asked for."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f"]
        return KernelSpec(
            argv=[*command, "{connection_file}"],
            display_name=kernel_name,
            language="python",
        )


def with_inherited(environment: dict[str, str]) -> dict[str, str]:
    """Return all environment variables of a kernel: its own, and those of this process.

    Parameters
    ----------
    environment : dict of str to str
        From `kernel_environment`.

    Examples
    --------
    >>> with_inherited({"PYTHONHASHSEED": "0"})["PATH"] == os.environ["PATH"]
    True
    """
    # A warning filter from outside breaks the kernel's own shutdown.
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONWARNINGS"}
    return {**inherited, **environment}


def kernel_manager(
    environment: dict[str, str],
    started: Callable[[AsyncKernelManager], None] = lambda manager: None,
    warm_parent: WarmParent | None = None,
) -> type[AsyncKernelManager]:
    """Return a class of kernel managers for papermill's and nbclient's clients.

    Parameters
    ----------
    environment : dict of str to str
        From `kernel_environment`.
    started : callable, optional
        Is handed the manager of every kernel that starts, so that it can be ended
        from outside.
    warm_parent : WarmParent, optional
        What kernels fork from; without it, each is an interpreter of its own.

    Examples
    --------
    >>> manager = kernel_manager({})()
    >>> manager.kernel_spec.argv[0] == sys.executable
    True
    """
    whole = with_inherited(environment)

    class ReportKernelManager(AsyncKernelManager):
        @default("kernel_spec_manager")
        def _this_interpreter(self) -> KernelSpecManager:
            return _ThisInterpreter()

        async def start_kernel(self, **settings: object) -> None:
            settings["env"] = dict(whole)
            # What fails is told on the page; the terminal belongs to the progress.
            settings["stdout"] = settings["stderr"] = subprocess.DEVNULL
            if warm_parent and self.provisioner is None:
                spec = self.kernel_spec
                self.provisioner = WarmProvisioner(
                    warm_parent, kernel_spec=spec, parent=self
                )
            await super().start_kernel(**settings)
            started(self)

    return ReportKernelManager


def kill_kernel(manager: AsyncKernelManager) -> None:
    """End a kernel and everything it started, at once.

    Parameters
    ----------
    manager : AsyncKernelManager
        Of a kernel that may have ended already.

    Examples
    --------
    >>> kill_kernel(AsyncKernelManager())  # none has started: nothing happens
    """
    process = getattr(manager.provisioner, "process", None)
    if process is None or process.poll() is not None:
        return
    with suppress(ProcessLookupError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)  # a kernel leads its own group
        else:
            process.kill()
