"""Care visits, patrols and surveys: what volunteers go round for."""
