"""With a second screen the window goes there, the lecturer's view stays, and all comes back at the end."""

import json
import os
import subprocess
import sys
from pathlib import Path

SCREENS = {
    "screens": [
        {"name": "laptop", "x": 0, "y": 0, "width": 1280, "height": 800, "logicalDpi": 96, "dpr": 1},
        {"name": "projector", "x": 1280, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "dpr": 1},
    ]
}

RUN = """
import json
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from convviz.files.samples import open_sample
from convviz.ui.app import first_state
from convviz.ui.language import Translations
from convviz.ui.preferences import Preferences
from convviz.ui.session import Session
from convviz.ui.window import Window
from convviz.work.threads import Threads

app, threads = QApplication([]), Threads()
settings = QSettings("settings.ini", QSettings.Format.IniFormat)
window = Window(Session(first_state(open_sample("cat"))), Preferences(settings), Translations(app), threads)
window.resize(1200, 700)
window.show()

def look():
    for _ in range(50):
        app.processEvents()
    size = window.geometry().size()
    return [window.screen().name(), window.isFullScreen(), size.width(), size.height(), window.projector]

window.lessons.open("conv-step")
seen = [look()]
window.lessons.present()
seen.append(look())
notes = window.lessons.notes
where = notes.screen().name()
window.lessons.present()
notes.close()
seen.append(look())
window.lessons.present()
seen.append(look())
window.close()
print(json.dumps([where, seen]))
assert threads.close(timeout_ms=10_000)
"""


def test_the_window_goes_to_the_second_screen_and_comes_back(tmp_path: Path) -> None:
    (tmp_path / "screens.json").write_text(json.dumps(SCREENS))
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=tmp_path,
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    where, (at_desk, on_wall, back, again) = json.loads(done.stdout.splitlines()[-1])
    assert where == "laptop"
    assert at_desk == ["laptop", False, 1200, 700, False]
    assert on_wall == again == ["projector", True, 1920, 1080, True]
    assert back[:2] == ["laptop", False]
    assert back[2:] == [1200, 700, False]
