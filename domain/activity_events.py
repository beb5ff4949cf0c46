"""What the log says of activities, rooms, sign-ups and calendar addresses."""

from collections.abc import Mapping

from domain.errors import N_

OF_HOUSE: Mapping[str, str] = {
    "activity_came": N_("Somebody came to an activity"),
    "activity_cancelled": N_("An activity was cancelled"),
    "activity_changed": N_("An activity was changed"),
    "activity_counted": N_("It was noted who came to an activity"),
    "activity_moved_up": N_("Somebody moved up from a waiting list"),
    "activity_numbers_shown": N_("Telephone numbers of an activity's list were looked at"),
    "activity_people_erased": N_("The people of an old activity were erased"),
    "activity_planned": N_("An activity was planned"),
    "activity_rated": N_("Somebody said how an activity was"),
    "activity_series_changed": N_("A weekly series was changed"),
    "activity_series_planned": N_("A weekly series was planned"),
    "activity_signed_off": N_("A sign-up was taken back"),
    "activity_signed_up": N_("Somebody signed up for an activity"),
    "activity_told": N_("Somebody was told of a change of an activity"),
    "calendar_address_made": N_("A secret calendar address was made"),
    "room_added": N_("A room was added"),
    "room_changed": N_("A room was changed"),
}
