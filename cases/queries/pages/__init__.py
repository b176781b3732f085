"""Reads made for one page each: what it shows, read at once. Row security decides what comes back."""
