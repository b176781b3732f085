"""Marlbeck, a made-up district: everybody in it, three years of history, and how it is loaded."""
