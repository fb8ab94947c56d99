"""Small networks of the user's making, and how they learn."""
