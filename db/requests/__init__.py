"""Requests for help 求助: taken in, offered to volunteers, answered, and brought to an end."""
