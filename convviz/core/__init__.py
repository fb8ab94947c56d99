"""What things mean: pure functions and frozen dataclasses over numpy and the standard library."""
