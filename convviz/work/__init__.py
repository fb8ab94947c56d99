"""The worker: two lanes that keep the window free (PySide6.QtCore only)."""
