"""Every way the front door says no to a reporter."""

from sharing_agreements.refusals import Refusal, not_now

ALREADY_SENT = not_now("report_already_sent", "This report was already sent. Open it under My reports to add to it.")
DRAFT_ABANDONED = not_now("draft_abandoned", "This draft was put aside. Start a new report.")
NOT_FINISHED = not_now("report_not_finished", "This report is not finished. Answer the questions that are missing.")
REASON_MISSING = not_now("reason_missing", "Say why the draft is no longer needed.")


def no_hub(district: str) -> Refusal:
    """No hub serves this agency's district: the report must go by telephone."""
    return not_now("no_hub", f"No hub is set up for {district}. Your draft is kept. Ring your duty team now.")
