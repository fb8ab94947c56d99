"""Why a network says what it says, and what its units respond to. torch is imported in functions."""
