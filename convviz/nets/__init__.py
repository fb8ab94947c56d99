"""Networks, the known ones and the user's own, and what happens in them; torch is imported in functions."""
