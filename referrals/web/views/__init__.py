"""Screens of the front door, one file per journey."""
