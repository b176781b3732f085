"""Fill the tables that matching reads with accounts of people, by COPY. The gate's own functions fold the names."""

import io
from collections.abc import Iterable
from typing import Any

from bench.filling import bare_tables
from bench.made_up_people import Account

TABLES = [f"sharing_agreements_{name}" for name in ("person", "identity", "identitydetail", "address")]
AGENCY = """
insert into sharing_agreements_agency (id, no, name, short_name, type, district, phone, out_of_hours_phone, email,
       controller, host_id, sensitive)
select id, 1, 'The hub', 'Hub', 'hub', 'Marlbeck', '', '', '', 'The council', id, false from gen_random_uuid() id
 where not exists (select from sharing_agreements_agency)"""
_SHARED = (
    "id, owner_id, author_id, person_id, about, happened_on, recorded_at, hidden_from, version, kind, owner_no,"
    " author_no, bit, stage, involved, workers, facts_until, restricted"
)


def account_id(no: str) -> str:
    """SQL for the anchor of account `no`: every account is somebody new until it is linked."""
    return f"('00000000-0000-4000-9006-' || lpad(to_hex({no}), 12, '0'))::uuid"


def number_of(anchor: Any) -> int:
    """The number of an account from its anchor."""
    return int(str(anchor).rpartition("-")[2], 16)


def fill(cursor: Any, accounts: Iterable[Account]) -> None:
    """Replace everybody by these accounts, numbered in their order. All belong to agency 1."""
    cursor.execute("set local earlyhelp.maintenance = 'on'; set constraints all immediate")
    cursor.execute(
        """create temporary table account (no int, given text, family text, known_as text, born date, how text,
           sex text, line text, town text, postcode text, nhs text, upn text, phone text) on commit drop"""
    )
    cursor.execute(AGENCY)
    lines = io.StringIO()
    for no, one in enumerate(accounts):
        cells = (no, one.given, one.family, one.known_as, one.born or r"\N", one.how, one.sex, one.line, one.town)
        lines.write("\t".join(str(cell) for cell in (*cells, one.postcode, one.nhs, one.upn, one.phone)) + "\n")
    lines.seek(0)
    cursor.copy_expert("copy account from stdin", lines)
    with bare_tables(cursor, *TABLES):
        cursor.execute(f"truncate {', '.join(TABLES)} cascade")
        cursor.execute(f"insert into sharing_agreements_person (id) select {account_id('no')} from account")
        cursor.execute(
            f"""insert into sharing_agreements_identity ({_SHARED}, given_name, family_name, known_as, born_on,
                   born_precision, sex, is_unborn, has_died, is_child, search_text,
                   given_words, family_words, match_keys)
                select {_row(1)}, given, family, known_as, born, how, sex, false, false, true,
                       gate.folded(concat_ws(' ', given, known_as, family)), g, f, gate.match_keys(g, f, born, how)
                  from account, lateral (select gate.name_words(given) || gate.name_words(known_as) as g,
                                                gate.name_words(family) as f offset 0) words"""
        )
        cursor.execute(
            f"""insert into sharing_agreements_address ({_SHARED}, line, town, postcode, uprn, folded, reason)
                select {_row(2)}, line, town, postcode, '', case when gate.folded(line) = '' then ''
                       else left(gate.folded_line(line) || '|' || gate.folded_postcode(postcode), 200) end, ''
                  from account where line <> '' or postcode <> ''"""
        )
        cursor.execute(
            f"""insert into sharing_agreements_identitydetail ({_SHARED}, identity_id, nhs_number, upn, phone,
                   ethnicity, disability, language, interpreter, access_needs)
                select {_row(3)}, md5('1 ' || no)::uuid, nhs, upn, phone, '', '', '', false, ''
                  from account where nhs || upn || phone <> ''"""
        )
    cursor.execute(f"analyze {', '.join(TABLES)}")


def _row(kind: int) -> str:
    """The governed columns of a row about account `no`, in the order of _SHARED. 3: a detail, of the kind of 1."""
    person = account_id("no")
    return f"""md5('{kind} ' || no)::uuid, (select id from sharing_agreements_agency where no = 1), null, {person},
        array[{person}], current_date - 300, now() - interval '300 days', '{{}}', 1, {kind % 3 or 1}, 1, null,
        (32 + {kind % 3 or 1}) * 16, 0, '{{}}', '{{}}', '9999-12-31', 0"""
