"""The nouns of referrals, one file each."""
