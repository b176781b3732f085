"""What each of the people does on the way, as sentences."""
