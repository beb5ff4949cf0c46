"""Polls 意见征询: opened from a file, answered by households, counted when they close."""
