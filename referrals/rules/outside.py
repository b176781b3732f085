"""How an officer of another force comes in by a code. The limits on asking and trying are the gate's (sql/0037)."""

import datetime

DIGITS = 6
CODE_LASTS = datetime.timedelta(minutes=10)
"""How long a code opens (D39). The gate has the same number."""
SESSION_LASTS = datetime.timedelta(hours=1)
"""How long somebody let in by a code stays in, whatever they do: a preset (PROPOSAL)."""
