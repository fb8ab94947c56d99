"""Pictures, matrices and presets in and out of files; no Qt."""
