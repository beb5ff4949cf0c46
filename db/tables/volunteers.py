"""Volunteers 志愿者: squads, skills, shifts, requests for help, offers, hours."""
