"""A family's history from three files, into the chronology: one account for each agency that knew of an event."""
