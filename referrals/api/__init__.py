"""Doors for programs: the same access lines and the same row security as the pages."""
