-- An event pinned as one that matters most: who pinned it and why (kind per row: that of the event).

set local role eh_owner;
call gate.protect('cases_pin', 'summary', null);

-- What was pinned, and why, is never rewritten: it is taken off, and pinned anew.
revoke update (event_id, reason) on cases_pin from eh_web, eh_worker;
