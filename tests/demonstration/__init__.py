"""Marlbeck: the same each time, true in its facts, and safe to show."""
