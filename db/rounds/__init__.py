"""Rounds 走访: care visits, storm patrols, surveys; what they find becomes files."""
