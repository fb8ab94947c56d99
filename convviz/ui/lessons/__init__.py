"""Lessons on screen: what they show, how they are gone through, and how a lecturer makes them."""
