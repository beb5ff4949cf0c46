"""The joint conference: agendas, attendance, what partner units offer."""
