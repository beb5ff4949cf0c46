"""The owners' roll 业主名册: owners, their units, and who speaks for them."""
