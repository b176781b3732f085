"""Old reports out of an agency's own file."""
