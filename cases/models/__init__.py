"""The nouns of cases, one file each."""
