"""The work with families: cases, plans, teams and the watch."""
