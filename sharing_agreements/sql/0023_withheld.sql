-- Whether a row may be read is yes or no, never unknown: a row sent to nobody made the sentence unknown, and gate.who_holds,
-- which asks it of every row it counts, passed over such rows and said that nothing is withheld.

set local role eh_gate;

create or replace function gate.readable() returns text
language sql immutable
as $$
    select format('((%s) is true)', string_agg(format('(level = %s and %s)', l, gate.predicate(l)), ' or '))
      from generate_series(1, 3) l
$$;

set local role eh_owner;
