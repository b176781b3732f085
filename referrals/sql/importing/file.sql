-- Files what is in the two temporary tables, each table in one statement. The parts in braces are in
-- referrals/actions/importing.py: what every governed row carries, and the facts of people nobody has met before.
analyze incoming;
analyze incoming_child;

insert into sharing_agreements_person (id) select person from incoming_child;

insert into sharing_agreements_identity (id, person_id, about, happened_on, recorded_at, {shared}, kind, bit,
    given_name, family_name, known_as, born_on, born_precision, sex, is_unborn, has_died, is_child, search_text)
select gen_random_uuid(), c.person, array[c.person], i.happened_on, i.sent_at, {values}, {identity},
       c.given_name, c.family_name, '', c.born_on, c.born_precision, '', c.is_unborn, false, true, ''
  from incoming_child c join incoming i using (report);

insert into sharing_agreements_address (id, person_id, about, happened_on, recorded_at, {shared}, kind, bit,
    line, town, postcode, uprn, folded, reason)
select gen_random_uuid(), c.person, i.about, i.happened_on, i.sent_at, {values}, {address},
       i.home_line, '', i.home_postcode, '', '', ''
  from incoming_child c join incoming i using (report)
 where i.home_line <> '' or i.home_postcode <> '';

insert into referrals_report (id, about, happened_on, recorded_at, {shared}, kind, bit, reference, draft, concern,
    tags, urgency, danger, danger_told, happened_precision, parent_knows, parent_agreed, safe_to_tell, child_count,
    under_five, sent_at, reporter_title, writer, verified_email)
select i.report, i.about, i.happened_on, i.sent_at, {values}, {concern},
       'IM-' || lpad(to_hex(nextval('referrals_imported_number')), 8, '0'), i.draft, i.concern, '{{}}', i.urgency,
       i.danger, '', i.happened_precision, i.parent_knows, i.parent_agreed, i.safe_to_tell, i.child_count,
       i.under_five, i.sent_at, %(title)s, i.writer, ''
  from incoming i;

insert into referrals_reportdetail (id, about, happened_on, recorded_at, {shared}, kind, bit, report_id, account,
    strengths, asked_for, told, not_safe_because, early_years, individual, family_factors, school_factors, community,
    school, police_reference, checks, dog_or_weapon, language, interpreter, more)
select gen_random_uuid(), i.about, i.happened_on, i.sent_at, {values}, {concern}, i.report, i.account, '', '', '', '',
       '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', i.school, i.police_reference, '{{}}', '', '', false, '[]'
  from incoming i;

insert into referrals_reportplace (id, person_id, about, happened_on, recorded_at, {shared}, kind, bit, report_id,
    happened_at, now_at)
select gen_random_uuid(), c.person, i.about, i.happened_on, i.sent_at, {values}, {address}, i.report, i.happened_at,
       i.now_at
  from incoming_child c join incoming i using (report);

insert into referrals_reportedchild (id, person_id, about, happened_on, recorded_at, {shared}, kind, bit, report_id,
    position, seen, is_unborn, due_on)
select gen_random_uuid(), c.person, array[c.person], i.happened_on, i.sent_at, {values}, {concern}, i.report,
       c.position, 'not_known', c.is_unborn, case when c.is_unborn then c.born_on end
  from incoming_child c join incoming i using (report);

with told as (
    insert into cases_event (id, person_id, about, happened_on, recorded_at, {shared}, kind, bit, title, precision,
        event_id, stated, significant, source_kind, source_id, people_named, headings)
    select gen_random_uuid(), c.person, array[c.person], i.happened_on, i.sent_at, {values}, {concern}, i.title,
           i.happened_precision, i.report, true, false, 'report', i.report, '',
           array_remove(array[%(headings)s::jsonb ->> i.concern], null)
      from incoming_child c join incoming i using (report)
    returning id, person_id)
insert into cases_eventdetail (id, person_id, about, happened_on, recorded_at, {shared}, kind, bit, event_id, text)
select gen_random_uuid(), t.person_id, array[t.person_id], i.happened_on, i.sent_at, {values}, {concern}, t.id,
       i.account
  from told t join incoming_child c on c.person = t.person_id join incoming i using (report)
