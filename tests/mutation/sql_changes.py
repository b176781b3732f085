"""The changes that are tried on SQL: each a way in which a rule could be wrong by one word, and few beyond that."""

import re
from collections.abc import Iterable, Iterator

from tests.mutation.mutants import Change
from tests.mutation.tokens import Region, Statement, Token, read

_SWAPPED = {
    "and": "or", "or": "and", "=": "<>", "<>": "=", "<": "<=", "<=": "<", ">": ">=", ">=": ">",
    "least": "greatest", "greatest": "least", "min": "max", "max": "min", "bit_or": "bit_and",
    "true": "false", "false": "true", "restrictive": "permissive", "definer": "invoker", "desc": "asc",
    "&&": "@>", "union": "intersect",
}  # fmt: skip
"""One word for another. `&&` to `@>` forgets rows about several people."""
_LEVELS = {"existence": "summary", "summary": "existence", "full": "summary"}
_OPERATOR_NAMES = {"&&": "overlap", "definer": "security definer", "desc": "order"}
_NEGATED = {
    ("exists", "("): ("negate exists", "not exists"),
    ("is", "null"): ("negate is", "is not"),
    ("is", "distinct"): ("negate is", "is not"),
    ("in", "("): ("negate in", "not in"),
}
_ENDS = {
    "where", "on", "when", "if", "elsif", "having", "select", "return", "then", "else", "end", "group", "order",
    "limit", "loop", "union", "left", "join", "cross", "returning", "from", "for", "intersect", "except", "with", "as",
    "set", "into", "using", "case",
}  # fmt: skip
_ENDS_WHERE = {
    "group", "order", "limit", "for", "union", "returning", "intersect", "except", "loop", "window", "on", "into",
}  # fmt: skip
_LOCK = {"update", "key", "share", "of", "nowait", "skip", "locked"}
_FOR = {"update", "share", "no", "select", "insert", "delete"}
_STATEMENT = {"perform", "raise", "insert", "update", "delete", "execute", "call"}
_BEGINS_AFTER = {";", "then", "else", "loop", "begin"}


def changes(of: Iterable[Statement]) -> Iterator[Change]:
    """Every change of some statements of one file."""
    for statement in of:
        yield from _whole(statement)
        for region in _bodies(statement):
            yield from _inside(region, statement.name)


def _bodies(statement: Statement) -> Iterator[Region]:
    """The regions where single words are changed: never the head of a function, which says its name and types."""
    first, second = (t.low for t in statement.tokens[:2])
    region = read(statement.source, statement.start, statement.end)
    if first == "create" and second in {"function", "procedure", "or"}:
        yield Region([t for t in region.tokens if t.low == "definer"])
        for one in region.inner:
            yield from one.all()
    elif (first == "create" and second in {"policy", "trigger"}) or first == "call" or _decides(statement):
        yield from region.all()


def _decides(statement: Statement) -> bool:
    """A block that fills the table of roles or makes policies in a loop; others only tidy indexes."""
    text = statement.text
    return text.startswith("do") and ("insert into gate.role" in text or "create policy" in text)


def _whole(statement: Statement) -> Iterator[Change]:
    """Changes of whole statements: forgotten, or given more widely."""
    first, second = (t.low for t in statement.tokens[:2])
    begin, end = statement.start, statement.end

    def forgotten() -> Change:
        return Change(statement.name, "drop statement", begin, end, "")

    if first in {"grant", "revoke"} or (first == "create" and second in {"policy", "trigger"}):
        yield forgotten()
    words = [t.low for t in statement.tokens]
    if first == "alter" and words[-3:] == ["row", "level", "security"] and "no" not in words:
        yield forgotten()
    if first == "call" and second == "gate.admit_job":
        yield forgotten()
    if first == "grant":
        yield from _wider(statement)


def _wider(grant: Statement) -> Iterator[Change]:
    words = [t.low for t in grant.tokens]
    to = len(words) - 1 - words[::-1].index("to")
    names = grant.tokens[to + 1 :]
    if "execute" in words:
        yield Change(grant.name, "widen grant", names[0].start, names[-1].end, "public")
        return
    others = [login for login in ("eh_web", "eh_worker") if login not in words[to:]]
    if others:
        yield Change(grant.name, "widen grant", names[-1].end, names[-1].end, f", {', '.join(others)}")
    on = words.index("on") if "on" in words else 0
    if on and {"eh_web", "eh_worker"} & set(words[to:]) and words[on + 1] != "schema":
        whats = grant.tokens[1:on]
        yield Change(grant.name, "widen grant", whats[0].start, whats[-1].end, "select, insert, update")


def _inside(region: Region, within: str) -> Iterator[Change]:
    tokens = region.tokens
    for at, token in enumerate(tokens):
        yield from _word(tokens, at, within)
        if token.low in {"and", "or"} and not _is_between(tokens, at):
            yield from _operands(tokens, at, within)
        if token.low == "where":
            end = _clause_end(tokens, at)
            if end > at + 1:
                yield Change(within, "drop where", token.start, tokens[end - 1].end, "")
        if token.low == "for" and at + 1 < len(tokens) and tokens[at + 1].low in _FOR:
            yield Change(within, "drop for", token.start, _for_end(tokens, at), "")
    yield from _statements(tokens, within)


def _word(tokens: list[Token], at: int, within: str) -> Iterator[Change]:
    """What one word becomes; the first that fits."""
    token = tokens[at]
    before = tokens[at - 1].low if at else ""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if token.sort == "string":
        yield from _string(token, before, within)
    elif token.low == "coalesce" and after == "(":
        yield from _bare(tokens, at, within)
    elif token.sort == "number" and before not in {"limit", "%"} and "." not in token.text:
        yield Change(within, "next number", token.start, token.end, str(int(token.text) + 1))
    elif (token.low == "not" and after) or (token.low == "left" and after == "join"):
        operator = "drop not" if token.low == "not" else "inner join"
        yield Change(within, operator, token.start, tokens[at + 1].start, "")
    elif (token.low, after) in _NEGATED and before != "not":
        operator, new = _NEGATED[token.low, after]
        yield Change(within, operator, token.start, token.end, new)
    elif token.low in _SWAPPED and not _is_between(tokens, at) and not _is_aside(tokens, at):
        name = _OPERATOR_NAMES.get(token.low, token.low)
        yield Change(within, f"swap {name}", token.start, token.end, _SWAPPED[token.low])


def _string(token: Token, before: str, within: str) -> Iterator[Change]:
    """Another length of time, or a word that is compared with a column and no longer is the right one."""
    if found := re.fullmatch(r"('+)(\d+)( (?:months?|hours?|days?|minutes?)'+)", token.text):
        new = f"{found[1]}{int(found[2]) + 1}{found[3]}"
        yield Change(within, "longer time", token.start, token.end, new)
    elif found := re.fullmatch(r"('+)([a-z_]+)('+)", token.text):
        if found[2] in _LEVELS:
            yield Change(within, "other level", token.start, token.end, f"{found[1]}{_LEVELS[found[2]]}{found[3]}")
        elif before in {"=", "<>", "from"}:
            yield Change(within, "another word", token.start, token.end, f"{found[1]}another{found[3]}")


def _is_aside(tokens: list[Token], at: int) -> bool:
    """Words that mean something else here: a named argument, an assignment, a grant's `on`, an index's order."""
    token, before = tokens[at], tokens[at - 1] if at else None
    if token.text == "=" and before is not None and _assigns(tokens, at):
        return True
    if token.low in {"true", "false"} and before is not None and before.text == "(" and at > 1:
        return tokens[at - 2].low in {"using", "check"}  # a policy for the gate itself
    return token.low in {"or"} and before is not None and before.low in {"insert", "update", "delete", "create"}


def _assigns(tokens: list[Token], at: int) -> bool:
    """Is this `=` inside the SET of an update rather than a comparison?"""
    depth = tokens[at].depth
    for token in reversed(tokens[:at]):
        if token.depth < depth:
            return False
        if token.depth == depth and token.low in {"set", "where", "from", "select", "and", "or", "on", "if", "when"}:
            return token.low == "set"
    return False


def _is_between(tokens: list[Token], at: int) -> bool:
    """Is this `and` the middle of a `between`?"""
    if tokens[at].low != "and":
        return False
    for token in reversed(tokens[:at]):
        if token.depth == tokens[at].depth and token.low in {"and", "or", "where", "when"}:
            return False
        if token.depth == tokens[at].depth and token.low == "between":
            return True
    return False


def _operands(tokens: list[Token], at: int, within: str) -> Iterator[Change]:
    """Without what stands right of it, and without what stands left of it."""
    if _is_aside(tokens, at) or at in {0, len(tokens) - 1}:
        return
    name = "conjunct" if tokens[at].low == "and" else "disjunct"
    stops = _ENDS | {"or"} | ({"and"} if name == "conjunct" else set())
    left, right = _reach(tokens, at, -1, stops), _reach(tokens, at, 1, stops)
    yield Change(within, f"drop {name}", tokens[at].start, tokens[right].end, "")
    yield Change(within, f"drop {name}", tokens[left].start, tokens[at + 1].start, "")


def _reach(tokens: list[Token], at: int, step: int, stops: set[str]) -> int:
    """Index of the last token that belongs to the operand on that side."""
    depth, case, here = tokens[at].depth, 0, at
    while 0 <= here + step < len(tokens):
        token = tokens[here + step]
        between = token.low == "and" and _is_between(tokens, here + step)
        if token.depth < depth:
            break
        if token.depth == depth:
            case += {"case": step, "end": -step}.get(token.low, 0)
            inside = case > 0 or (token.low in {"case", "end"} and case == 0)
            if not inside and not between and _stops(tokens, here + step, stops):
                break
            if case < 0:
                break
        here += step
    return here


def _stops(tokens: list[Token], at: int, stops: set[str]) -> bool:
    token, before = tokens[at], tokens[at - 1].low if at else ""
    if token.low == "from" and before == "distinct":
        return False
    if token.text in "([":
        return before in {"using", "check", "values"}
    return token.text in {",", ";", ":=", "%", "."} or token.low in stops or token.low in {"using", "check"}


def _clause_end(tokens: list[Token], at: int) -> int:
    """Where the condition after a `where` ends."""
    depth, case, here = tokens[at].depth, 0, at + 1
    while here < len(tokens) and tokens[here].depth >= depth:
        token = tokens[here]
        if token.depth == depth:
            case += {"case": 1, "end": -1}.get(token.low, 0)
            if case <= 0 and (token.low in _ENDS_WHERE or token.text == ";"):
                break
        here += 1
    return here


def _for_end(tokens: list[Token], at: int) -> int:
    """The end of a lock, or of the one command that a policy is for."""
    here = at + 1
    while here + 1 < len(tokens) and tokens[here + 1].low in _LOCK:
        here += 1
    return tokens[here + (tokens[here].low == "of")].end


def _bare(tokens: list[Token], at: int, within: str) -> Iterator[Change]:
    """coalesce(x, y) -> (x): what happens when there is nothing."""
    depth = tokens[at + 1].depth
    close = next(i for i in range(at + 2, len(tokens)) if tokens[i].depth == depth and tokens[i].text == ")")
    commas = [i for i in range(at + 2, close) if tokens[i].depth == depth + 1 and tokens[i].text == ","]
    if commas:
        yield Change(within, "drop coalesce", tokens[commas[-1]].start, tokens[close].start, "")


def _statements(tokens: list[Token], within: str) -> Iterator[Change]:
    """A statement of PL/pgSQL that is not there."""
    for at, token in enumerate(tokens):
        if token.depth or not at or tokens[at - 1].low not in _BEGINS_AFTER:
            continue
        assigns = at + 1 < len(tokens) and tokens[at + 1].text == ":="
        if token.low not in _STATEMENT and not assigns:
            continue
        end = next((i for i in range(at, len(tokens)) if tokens[i].text == ";" and not tokens[i].depth), None)
        is_index = any("create index" in t.text for t in tokens[at:end])
        if end is not None and not is_index:
            operator = "drop assignment" if assigns else f"drop {token.low}"
            yield Change(within, operator, token.start, tokens[end].start, "null")
