"""nbval over all notebooks of a folder, in a process of its own.

``python nbval_apart.py warm`` forks every notebook's kernel from one that has imported
all, as a report does; ``python nbval_apart.py cold`` leaves kernels to nbval. That both
show the same is tested in tests/report.
"""

import os
import sys
from contextlib import nullcontext
from pathlib import Path

from jupyter_client.manager import KernelManager

from kamlab.report.warm import WarmParent, WarmProvisioner

_ALONE = ("-c", os.devnull, "--rootdir", ".", "-p", "no:cacheprovider", "--no-header")
_NBVAL = ("-p", "nbval.plugin", "--nbval-lax", "--nbval-current-env", "-q", "-rA")


def manager_of(parent: WarmParent | None) -> type[KernelManager]:
    """Return managers whose kernels are forks, or interpreters where none can be."""

    class WarmKernelManager(KernelManager):
        def start_kernel(self, **settings: object) -> None:
            if parent is not None:
                spec = self.kernel_spec
                self.provisioner = WarmProvisioner(
                    parent, kernel_spec=spec, parent=self
                )
            super().start_kernel(**settings)

    return WarmKernelManager


def main(way: str) -> int:
    """Run nbval in the folder this process was started in."""
    # nbformat would take a second to learn a grammar of web addresses.
    sys.modules["rfc3987_syntax"] = None
    import nbformat
    import nbval.kernel
    import pytest

    from kamlab.course.kernels import warm_kernels

    files = sorted(Path.cwd().glob("*.ipynb"))
    read = (nbformat.read(file, as_version=4) for file in files)
    with warm_kernels(read) if way == "warm" else nullcontext() as parent:
        nbval.kernel.KernelManager = manager_of(parent)
        return pytest.main([*(file.name for file in files), *_NBVAL, *_ALONE])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
