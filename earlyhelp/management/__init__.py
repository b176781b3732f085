"""Commands of the root."""
