"""Figures kept ready 成效: made from the facts by a job, read by pages in constant time."""
