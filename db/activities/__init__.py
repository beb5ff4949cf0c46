"""Activities 活动: rooms, dates and series, sign-up and attendance, the rhythm of the weeks."""
