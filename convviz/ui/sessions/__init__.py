"""Sessions of the window: saved, opened, kept without being asked and offered back."""
