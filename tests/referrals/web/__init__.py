"""Tests of the front door's web."""
