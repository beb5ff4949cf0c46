"""The poll 意见征询: its options, and one answer a household."""
