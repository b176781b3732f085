"""Template tags of the interface kit; docs/interface.md shows them at work."""
