"""The commands themselves: what a stranger runs first."""
