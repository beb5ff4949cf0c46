"""The waiting list: nobody passes those who wait, and no place stays free while one does."""

from hypothesis import given
from hypothesis import strategies as st

from domain.waiting_list import Entry, free, has_place, moved_up, number_waiting

ACTS = st.lists(
    st.one_of(st.just("join"), st.tuples(st.just("leave"), st.integers(0, 30))), max_size=40
)


@given(ACTS, st.integers(1, 4), st.integers(0, 3))
def test_places_go_in_the_order_of_signing_up(
    acts: list[str | tuple[str, int]], capacity: int, more: int
) -> None:
    """Against a list that is told from its beginning every time: the first so many sit."""
    rows: list[Entry] = []
    came = 0
    for place, act in enumerate(acts):
        if place == len(acts) // 2:
            capacity += more  # the desk finds more chairs
            rows = _seat(rows, capacity)
        if act == "join":
            came += 1
            rows.append(Entry(came, has_place(rows, capacity)))
        elif rows:
            rows.pop(int(act[1]) % len(rows))
            rows = _seat(rows, capacity)
        assert [row.id for row in rows if row.seated] == [row.id for row in rows][:capacity]
        assert free(rows, capacity) == max(0, capacity - len(rows))
        waiting = [row.id for row in rows][capacity:]
        assert [number_waiting(rows, key) for key in waiting] == [*range(1, len(waiting) + 1)]


def _seat(rows: list[Entry], capacity: int) -> list[Entry]:
    risen = moved_up(rows, capacity)
    return [Entry(row.id, row.seated or row.id in risen) for row in rows]


def test_without_a_limit_everybody_who_waited_gets_in() -> None:
    rows = [Entry(1, True), Entry(2, False), Entry(3, False)]
    assert moved_up(rows, None) == (2, 3)
    assert free(rows, None) is None
    assert not has_place(rows, None)  # until they have moved up
