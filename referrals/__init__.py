"""The front door: come-to-notice reports, the hub's queue, decisions and feedback."""
