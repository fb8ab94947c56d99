"""A bare window of PySide6 and pyqtgraph with a picture in it: what a start is measured beside.

Run as a script with the path of a picture; writes a line and ends once the picture has been painted.
"""

import sys

PAINTED = "painted"


def main(path: str) -> int:
    """Show the picture at ``path`` in the simplest window there is, until it has been painted."""
    import numpy as np
    import pyqtgraph
    from PIL import Image
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                # What is posted comes after the paint pass.
                QTimer.singleShot(0, told)
            return False

    def told() -> None:
        print(PAINTED, flush=True)
        application.quit()

    application = pyqtgraph.mkQApp()
    pyqtgraph.setConfigOption("imageAxisOrder", "row-major")
    view, painted = pyqtgraph.GraphicsLayoutWidget(), Painted()
    view.viewport().installEventFilter(painted)
    box = view.addViewBox(lockAspect=True, invertY=True)
    box.addItem(pyqtgraph.ImageItem(np.asarray(Image.open(path))))
    view.resize(1360, 860)
    view.show()
    return int(application.exec())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
