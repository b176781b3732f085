"""One family's history replayed month by month through today's verbs and jobs: what would have been raised when."""
