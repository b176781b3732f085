"""Whole histories, loaded as an operator loads them and read as practitioners read them."""
