-- The line of a case on the retention list is its own agency's and about its people. It could not be said where the table
-- is made: its foreign key came after.

set local role eh_owner;
call gate.hang('cases_retentionreview', 'case_id', 'owner');
