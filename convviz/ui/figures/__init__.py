"""Pictures that lessons need and no room has, painted from data."""
