"""Commands of the root: `manage.py --help` lists them."""
