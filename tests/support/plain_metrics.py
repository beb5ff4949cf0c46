"""A ledger's figures as plain loops over plain rows: no rule of the house is used here."""

from datetime import datetime, timedelta, timezone
from math import ceil

BEIJING = timezone(timedelta(hours=8))

Row = tuple[datetime, datetime | None]  # opened, and done or None


def plain_metrics(rows: list[Row], first: str, last: str, as_of: datetime) -> dict[str, object]:
    """What the command says of files opened from `first` to `last`, days such as 2026-03-01."""
    received = backlog = oldest = 0
    response_due = done_due = done_hit = closed = 0
    hours = []
    for opened, done in rows:
        day = f"{opened.astimezone(BEIJING):%Y-%m-%d}"
        if not first <= day <= last or opened > as_of:
            continue
        received += 1
        if opened + timedelta(hours=24) <= as_of:
            response_due += 1  # a ledger says of nobody that they were called: all are misses
        limit = datetime.fromisoformat(f"{day}T00:00:00+08:00") + timedelta(days=8)
        if limit <= as_of:
            done_due += 1
            if done is not None and done < limit:
                done_hit += 1
        if done is not None and done <= as_of:
            closed += 1
            hours.append((done - opened).total_seconds() / 3600)
        else:
            backlog += 1
            oldest = max(oldest, int((as_of - opened).total_seconds() // 86400))
    hours.sort()

    def rank(percent: int) -> float | None:
        return round(hours[ceil(percent * len(hours) / 100) - 1], 2) if hours else None

    def rate(hit: int, due: int) -> dict[str, object]:
        return {"numerator": hit, "denominator": due, "value": hit / due if due else None}

    return {
        "received": {"value": received},
        "response": rate(0, response_due),
        "vote_same_day": rate(0, 0),
        "decision_next_day": rate(0, 0),
        "done_in_time": rate(done_hit, done_due),
        "solved": rate(0, 0),
        "satisfied": rate(0, 0),
        "return_rate": rate(0, 0),
        "reopened": rate(0, closed),
        "duration": {
            "n": len(hours),
            "median_hours": rank(50),
            "p75_hours": rank(75),
            "p90_hours": rank(90),
        },
        "backlog": {"value": backlog, "oldest_days": oldest if backlog else None},
    }
