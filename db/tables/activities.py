"""Activities, rooms, sign-ups and the after-school class."""
