"""What `bin/start`, `bin/test` and `bin/check` share: the environment, the servers, the watch over processes.

Only the standard library, for it runs before anything is installed. `database.py` and `prepare.py` alone need
the installed packages, and run once they are there.
"""
