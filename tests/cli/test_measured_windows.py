"""Windows that are timed are looked after like those of the program."""

import subprocess
import sys

_PROGRAM = """
import gc
from PySide6.QtCore import QTimer
from convviz.commands.measures.windows import start_application
from convviz.work.garbage import GarbageCollector
application = start_application()
timers = application.findChild(GarbageCollector).findChildren(QTimer)
print(gc.isenabled(), [timer.isActive() for timer in timers])
"""


def test_no_worker_collects_garbage_while_a_window_is_timed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout.strip() == "False [True]"
