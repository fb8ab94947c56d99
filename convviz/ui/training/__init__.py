"""Parts of the training room."""
