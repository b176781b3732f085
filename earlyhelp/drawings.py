"""The documents that are drawn from the code and the database, one function each, text out."""

from collections import defaultdict
from collections.abc import Iterator

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from cases.lifecycle import MOVES, STAGE
from cases.vocabulary import CaseState
from sharing_agreements.lifecycle import STEPS
from sharing_agreements.vocabulary import PARTNERS, Kind, Role
from sharing_agreements.web.doors import Access

DRAWN = "Drawn by `bin/draw`. Do not edit."


def routes() -> str:
    """Every route with its access line: who may open it and for which purpose."""
    lines = [
        "# Routes and who may open them",
        "",
        DRAWN,
        "",
        "What a page then shows is decided row by row by PostgreSQL.",
        "",
        "| path | name | purpose | roles |",
        "| --- | --- | --- | --- |",
    ]
    for path, name, access in sorted(walk(get_resolver(), "", "")):
        lines.append(f"| /{path} | {name} | {_purpose(access)} | {_roles(access)} |")
    return "\n".join(lines) + "\n"


def walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, str, Access]]:
    """Every route below a resolver: path, name, access line."""
    for one in resolver.url_patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from walk(one, path, f"{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield path, f"{space}{one.name}", one.callback.access  # type: ignore[attr-defined]


def _purpose(access: Access) -> str:
    if access.open_to_all:
        return "none: reads no governed record"
    by_role = access.purpose_by_role
    others = "".join(f"; {role.label}: {by_role[role].label}" for role in Role if role in by_role)
    return (access.purpose.label if access.purpose else "") + others


def _roles(access: Access) -> str:
    if access.open_to_all:
        return "everybody, signed in or not"
    if access.roles == frozenset(Role):
        return "every post, and an outside reporter"
    if access.roles == PARTNERS:
        return "every post"
    return ", ".join(role.label for role in Role if role in access.roles)


def lifecycles() -> str:
    """The life of one child's case: its states with what they mean for sharing, and every move between them."""
    lines = [
        "# Life of a case, child by child",
        "",
        DRAWN,
        "",
        "Nothing changes a state but the verb of its move. Every move is kept as a row and written in the chronology.",
        "",
        "| state | stage for sharing |",
        "| --- | --- |",
        *(f"| {state.label} | {STAGE[state].label} |" for state in CaseState),
        "",
        "| from | to | verb | by | with | a manager must agree to | word in the chronology |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {move.start.label} | {move.end.label} | `{move.verb}` | {', '.join(sorted(move.hands))} | {move.needs}"
            f" | {move.sign_off} | {move.audit} |"
            for move in MOVES
        ),
        "",
        "# Life of an agreement",
        "",
        "Nothing changes a state but the verb of its step, in the gate. Every step is kept as a row, so what an"
        " agreement shared on any day can be read again. An agreement in force is never edited, only replaced.",
        "",
        "| from | to | verb | by the governance lead of | with |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {step.start.label} | {step.end.label} | {step.verb.label} | {', '.join(sorted(step.hands))} |"
            f" {step.needs} |"
            for step in STEPS
        ),
    ]
    return "\n".join(lines) + "\n"


def roles() -> str:
    """What each role may do with its own agency's rows, and whether it receives, writes and changes facts."""
    lines = [
        "# Roles",
        "",
        DRAWN,
        "",
        "A role's reach into its **own** agency's records; other agencies' records come by agreement only. Everybody"
        " with own rows also reads rows about people they lead, cover or are in the team for.",
        "",
        "| role | own agency's | own team's | own rows | what is sent to the agency | writes | changes facts |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute(
            "select role, own_agency_kinds, own_team_kinds, own_self, receives, writes, may_change_facts from gate.role"
        )
        table = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute("set local role eh_owner")
    for role in Role:
        agency, team, *rest = table[role]
        yes = " | ".join("yes" if one else "no" for one in rest)
        lines.append(f"| {role.label} | {_kinds(agency)} | {_kinds(team)} | {yes} |")
    return "\n".join(lines) + "\n"


def _kinds(mask: int) -> str:
    held = [kind for kind in Kind if mask >> kind & 1]
    missing = [kind for kind in Kind if kind not in held]
    if not held:
        return "none"
    if not missing:
        return "every kind"
    if len(missing) < len(held):
        return "every kind but " + ", ".join(kind.label.lower() for kind in missing)
    return ", ".join(kind.label.lower() for kind in held)


POLICIES = """
    select tablename, policyname, permissive, roles::text, cmd, coalesce(qual, ''), coalesce(with_check, '')
      from pg_policies where schemaname = 'public' order by policyname, tablename
"""


def row_security() -> str:
    """The policies in force, each text once with the tables it stands on; then the gate's functions."""
    lines = [f"-- {DRAWN.replace('`', '')}", "-- Row security as it stands in a freshly migrated database.", ""]
    with connection.cursor() as cursor:
        cursor.execute("select table_name, level, kind from gate.governed order by 1")
        lines += ["-- Governed tables: what a reader needs, and the kind of every row", ""]
        for table, level, kind in cursor.fetchall():
            lines.append(f"--   {table}: {level}, {Kind(kind).label if kind else 'kind per row'}")
        cursor.execute(POLICIES)
        same = defaultdict(list)
        for table, *policy in cursor.fetchall():
            same[tuple(policy)].append(table)
        for (name, permissive, to, command, using, check), tables in same.items():
            lines += [
                "",
                f"-- on: {', '.join(tables)}",
                f"create policy {name} as {permissive.lower()} for {command.lower()} to {to}",
            ]
            lines += [f"    using {using}"] if using else []
            lines += [f"    with check {check}"] if check else []
            lines[-1] += ";"
        cursor.execute(
            "select pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
            " where n.nspname = 'gate' and p.proname <> 'fan_out'"  # one text for each table: gate.write_fan_out has it
            " order by p.proname, pg_get_function_identity_arguments(p.oid)"
        )
        for (definition,) in cursor.fetchall():
            lines += ["", definition.rstrip() + ";"]
    return "\n".join(line.rstrip() for line in "\n".join(lines).split("\n")) + "\n"
