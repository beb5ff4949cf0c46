"""What the log says of visits, patrols, surveys and messages; the first table also of files."""

from collections.abc import Mapping

from domain.errors import N_

OF_FILE: Mapping[str, str] = {
    "care_visited": N_("A care visit was recorded"),
    "patrol_checked": N_("A point of a patrol was looked at"),
    "survey_answered": N_("A home of a survey was visited"),
    "message_handed_over": N_("A text was told by the office itself"),
}

OF_HOUSE: Mapping[str, str] = {
    **OF_FILE,
    "address_set": N_("Where a person is told was set"),
    "address_withdrawn": N_("Where a person is told was taken out"),
    "care_called": N_("Visits were called after a major event"),
    "care_changed": N_("A person's care visits were changed"),
    "care_details_shown": N_("Number and health note of a visited person were looked at"),
    "care_ended": N_("A person's care visits were ended"),
    "care_enrolled": N_("A person was enrolled for care visits"),
    "care_paused": N_("A person's care visits rest"),
    "care_resumed": N_("A person's care visits go on"),
    "channel_added": N_("A notification channel was added"),
    "channel_changed": N_("A notification channel was changed"),
    "channel_tested": N_("A notification channel was tried"),
    "messages_tried_again": N_("Messages that failed are sent again"),
    "patrol_absent": N_("Somebody did not come to a patrol"),
    "patrol_ended": N_("A patrol was ended"),
    "patrol_in": N_("Somebody checked in to a patrol"),
    "patrol_out": N_("Somebody is back from a patrol"),
    "patrol_started": N_("A patrol was started"),
    "patrol_template_added": N_("Points for patrols were kept"),
    "survey_closed": N_("A survey was closed"),
    "survey_opened": N_("A survey was opened"),
}
