"""The rooms a user walks through."""
