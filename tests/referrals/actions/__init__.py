"""Tests of the front door's actions."""
