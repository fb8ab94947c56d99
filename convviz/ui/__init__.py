"""The window: it edits the session and draws results, and computes nothing."""
