"""Out of the window: pictures, films, values, programs and texts for other programs."""
