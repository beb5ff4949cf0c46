"""Requests for help, their offers and what became of them."""
