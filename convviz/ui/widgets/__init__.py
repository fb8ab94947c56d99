"""Building blocks of the rooms, one idea per module."""
