-- What one batch brings, as it was read from the file.
create temp table incoming (
    report uuid, draft uuid, sent_at timestamptz, happened_on date, happened_precision text, happened_at text,
    now_at text, concern text, title text, urgency text, danger text, parent_knows text, parent_agreed text,
    safe_to_tell text, account text, writer text, school text, police_reference text, home_line text,
    home_postcode text, child_count integer, under_five boolean, about uuid[]
) on commit drop;
create temp table incoming_child (
    report uuid, person uuid, position integer, given_name text, family_name text, born_on date, born_precision text,
    is_unborn boolean
) on commit drop
