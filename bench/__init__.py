"""Benchmarks: executables that print figures, never timed tests. The last line of each is one JSON object."""
