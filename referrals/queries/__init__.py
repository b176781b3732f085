"""Reads of the front door, one file per side of it. Row security decides what comes back."""
