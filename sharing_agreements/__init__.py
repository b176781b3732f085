"""The ground: who may share what with whom and why, and the record of who looked."""
