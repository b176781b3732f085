"""Addresses of the ground: signing in, posts, agreements."""

from django.urls import path

from sharing_agreements.web.views import agreeing, agreements, asking, clauses, drafting, jobs, law, seeing, sign_in

app_name = "sharing_agreements"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("personas/", sign_in.personas, name="personas"),
    path("choose-post/", sign_in.choose_post, name="choose_post"),
    path("jobs/stopped/", jobs.stopped_jobs, name="stopped_jobs"),
    path("jobs/<uuid:job>/try-again/", jobs.try_job_again, name="try_job_again"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", drafting.open_draft, name="open_draft"),
    path("agreements/law/", law.law_packs, name="law_packs"),
    path("agreements/law/<slug:pack>/", law.switch_pack, name="switch_pack"),
    path("agreements/<uuid:agreement>/", agreements.read_agreement, name="read_agreement"),
    path("agreements/<uuid:agreement>/matrix/", agreements.show_matrix, name="show_matrix"),
    path("agreements/<uuid:agreement>/compare/<uuid:older>/", agreements.compare_agreements, name="compare_agreements"),
    path("agreements/<uuid:agreement>/words/", drafting.write_words, name="write_words"),
    path("agreements/<uuid:agreement>/parties/", drafting.choose_parties, name="choose_parties"),
    path("agreements/<uuid:agreement>/powers/", drafting.choose_powers, name="choose_powers"),
    path("agreements/<uuid:agreement>/copy/", drafting.copy_agreement, name="copy_agreement"),
    path("agreements/<uuid:agreement>/documents/attach/", drafting.attach_document, name="attach_document"),
    path("agreements/<uuid:agreement>/documents/<uuid:document>/", agreements.read_document, name="read_document"),
    path(
        "agreements/<uuid:agreement>/documents/<uuid:document>/remove/",
        drafting.remove_document,
        name="remove_document",
    ),
    path("agreements/<uuid:agreement>/clauses/add/", clauses.add_clause, name="add_clause"),
    path("agreements/<uuid:agreement>/clauses/<uuid:clause>/", clauses.change_clause, name="change_clause"),
    path("agreements/<uuid:agreement>/clauses/<uuid:clause>/remove/", clauses.remove_clause, name="remove_clause"),
    path("agreements/<uuid:agreement>/propose/", agreeing.propose_agreement, name="propose_agreement"),
    path("agreements/<uuid:agreement>/sign/", agreeing.sign_agreement, name="sign_agreement"),
    path("agreements/<uuid:agreement>/return/", agreeing.return_to_draft, name="return_to_draft"),
    path("agreements/<uuid:agreement>/suspend/", agreeing.suspend_agreement, name="suspend_agreement"),
    path("agreements/<uuid:agreement>/resume/", agreeing.resume_agreement, name="resume_agreement"),
    path("agreements/<uuid:agreement>/leave/", agreeing.leave_agreement, name="leave_agreement"),
    path("agreements/<uuid:agreement>/end/", agreeing.end_agreement, name="end_agreement"),
    path("ask-for-sharing/", asking.ask_for_sharing, name="ask_for_sharing"),
    path("agreement-requests/", asking.agreement_requests, name="agreement_requests"),
    path("agreement-requests/<uuid:wish>/answer/", asking.answer_agreement_request, name="answer_agreement_request"),
    path("why/<uuid:look>/", seeing.explain_page, name="explain_page"),
    path("practitioners/", seeing.list_practitioners, name="list_practitioners"),
    path("practitioners/<uuid:practitioner>/can-see/", seeing.show_reach, name="show_reach"),
]
