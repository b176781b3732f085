-- Points of a meeting: agenda, reports and apologies sent beforehand, minutes, decisions (kind per row: that of a
-- meeting, of an address where it says where somebody can be found, or of a sensitive agency's work).

set local role eh_owner;
call gate.protect('cases_meetingpoint', 'full', null);

-- What was put down is never rewritten: a later point says it better.
revoke update (meeting_id, part, text) on cases_meetingpoint from eh_web, eh_worker;
