"""Volunteers 志愿者: who they are, when they are on call, what they served."""
