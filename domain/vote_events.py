"""What the audit log calls the events of an owners' vote."""

from collections.abc import Mapping

from domain.errors import N_

OF_VOTE: Mapping[str, str] = {
    "vote_created": N_("An owners' vote was begun"),
    "questions_written": N_("The questions of a vote were written"),
    "notice_posted": N_("The notice of a vote was posted"),
    "notice_withdrawn": N_("The notice of a vote was taken back"),
    "tellers_named": N_("The tellers of a vote were named"),
    "vote_opened": N_("A vote was opened, its roll and rules sealed"),
    "vote_cancelled": N_("A vote was ended without a result"),
    "objection_recorded": N_("An objection to a vote was recorded"),
    "objection_answered": N_("An objection to a vote was answered"),
    "links_issued": N_("Personal links to ballots were made"),
    "proxy_link_issued": N_("A proxy's link to a ballot was made"),
    "link_opened": N_("A personal link was opened"),
    "ballot_served": N_("Ballots were served"),
    "ballot": N_("A ballot came in"),
    "papers_printed": N_("Paper ballots were numbered"),
    "paper_issued": N_("A paper ballot was issued"),
    "paper_spoiled": N_("A paper ballot was spoiled"),
    "paper_received": N_("A paper ballot was handed in"),
    "paper_receipt_undone": N_("A paper ballot was not handed in after all"),
    "paper_keyed": N_("A paper ballot was keyed"),
    "papers_counted": N_("Paper ballots were counted by hand"),
    "vote_counted": N_("A vote was counted"),
    "invalid_rule_chosen": N_("It was decided how invalid ballots count"),
    "lot_drawn": N_("A lot was drawn"),
    "result_published": N_("The result of a vote was published"),
    "bundle_downloaded": N_("A recount bundle was downloaded"),
}
