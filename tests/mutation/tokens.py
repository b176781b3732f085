"""Reads SQL into tokens that know where they stand, and statements of a file.

A body between dollar quotes, and a string that is itself SQL (the text of a policy, of an `execute`), is read as a
region of its own. No grammar: what reads PL/pgSQL, policies and SQL in strings alike is smaller than what parses one
of them (docs/decisions/0061).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""(?P<space>\s+|--[^\n]*|/\*.*?\*/)
    |(?P<dollar>(?P<tag>\$[a-z_]*\$).*?(?P=tag))
    |(?P<placeholder>%(?:\d+\$)?[sIL]|\$\d+)
    |(?P<word>[a-z_][a-z_0-9]*(?:\.[a-z_][a-z_0-9]*)*|"[^"]+")
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<operator>::|:=|=>|->>|->|\|\||<<|>>|<>|<=|>=|!=|&&|@>|<@|[-+*/<>=~&|%\#@!^])
    |(?P<mark>[()\[\],;.:$\\?{}])""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_LOOKS_LIKE_SQL = re.compile(r"\bselect\b|\bgate\.\w+\(|<>|>=|&&|\$\d| = ")


@dataclass(frozen=True)
class Token:
    """One word of SQL: its sort, its text, where it stands in the file and how many brackets are open there."""

    sort: str
    text: str
    start: int
    end: int
    depth: int

    @property
    def low(self) -> str:
        """Its text in small letters, for words."""
        return self.text.lower() if self.sort == "word" else self.text


@dataclass
class Region:
    """A stretch of SQL read as one: a file's top level, a function's body or a string of SQL, and those inside it."""

    tokens: list[Token]
    inner: list["Region"] = field(default_factory=list)

    def all(self) -> Iterator["Region"]:
        """This region and every one inside it."""
        yield self
        for one in self.inner:
            yield from one.all()


def read(source: str, start: int = 0, end: int | None = None, quote: str = "'") -> Region:
    """The tokens of source[start:end]. `quote` is how a string begins there: doubled inside another string."""
    region = Region([])
    at, depth, last = start, 0, len(source) if end is None else end
    string = re.compile(re.escape(quote) + r"(?:[^']|" + re.escape(quote * 2) + ")*" + re.escape(quote))
    while at < last:
        found = string.match(source, at, last) or _TOKEN.match(source, at, last)
        if found is None:
            raise ValueError(f"cannot read SQL at {source[at : at + 40]!r}")
        sort = found.lastgroup if found.re is _TOKEN else "string"
        sort = "dollar" if sort == "tag" else sort
        text, begins, at = found.group(), at, found.end()
        if sort == "space":
            continue
        depth -= text in ")]"
        region.tokens.append(Token(str(sort), text, begins, at, depth))
        depth += text in "(["
        if sort == "dollar":
            width = text.index("$", 1) + 1
            if len(text) > 2 * width:
                region.inner.append(read(source, begins + width, at - width, quote))
        elif sort == "string" and _holds_sql(region.tokens, text):
            region.inner.append(read(source, begins + len(quote), at - len(quote), quote * 2))
    return region


def _holds_sql(tokens: list[Token], text: str) -> bool:
    """A string with an expression in it, unless it is what an exception says."""
    said = len(tokens) > 1 and tokens[-2].low == "exception"
    return not said and " " in text and _LOOKS_LIKE_SQL.search(text) is not None


@dataclass(frozen=True)
class Statement:
    """One statement of a file, without its semicolon, and the role the file had set by then."""

    source: str
    start: int
    end: int
    role: str
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """As written."""
        return self.source[self.start : self.end]

    @property
    def name(self) -> str:
        """What it makes or changes, in a few words that stay when its body changes."""
        words = [t.text for t in self.tokens if t.text.lower() not in {"or", "replace", "if", "not", "exists"}]
        if words[0] == "create" and words[1] in {"function", "procedure", "table", "type"}:
            return words[2]
        if words[:2] in (["create", "policy"], ["create", "trigger"]):
            at = words.index("on")
            return f"{words[1]} {words[2]} on {words[at + 1]}"
        if words[0] == "do":
            return "do"
        return " ".join(words)[:100].strip()


def statements(source: str) -> list[Statement]:
    """The statements of a file in order."""
    found: list[Statement] = []
    role, current = "eh_owner", []
    for token in [*read(source).tokens, Token("mark", ";", len(source), len(source), 0)]:
        if token.text != ";" or token.depth:
            current.append(token)
            continue
        words = [t.low for t in current]
        if words[:3] == ["set", "local", "role"]:
            role = words[3]
        elif current:
            found.append(Statement(source, current[0].start, current[-1].end, role, tuple(current)))
        current = []
    return found
