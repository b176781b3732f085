"""`bin/mutate`: weakens the SQL and Python that decide who may see or do what, and asks whether a test notices."""
