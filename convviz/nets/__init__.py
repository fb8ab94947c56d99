"""Networks, the known ones and the user's own, and what happens inside them; torch is imported in functions."""
