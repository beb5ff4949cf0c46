"""The owners' roll 业主名册: what is kept of owners and units, and who speaks for whom."""
