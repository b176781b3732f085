"""An agreement as W3C ODRL 2.2 in JSON-LD, and back. Plain values in and out; nothing is lost either way.

What ODRL has a word for is said in its words (permission, assigner, assignee, target, constraint, duty). The rest is
said in our own profile, under `eh:`. A reader that knows only ODRL still learns who permits what to whom.
"""

from collections.abc import Mapping, Sequence
from typing import Any

CONTEXT = ["http://www.w3.org/ns/odrl.jsonld", {"eh": "urn:early-help:terms#"}]
PROFILE = "urn:early-help:profile:1"
AGENCY, TYPE, KIND, ROLE = (
    "urn:early-help:agency:",
    "urn:early-help:type:",
    "urn:early-help:kind:",
    "urn:early-help:role:",
)
PURPOSE, POWER, STAGE = "urn:early-help:purpose:", "urn:early-help:power:", "urn:early-help:stage:"
PLAIN = (
    "reference version title overarching aim lawful_basis retention incident_contact rights_contact dpia_reference "
    "review_on parent"
).split()
"""Words ODRL has no property for; kept as eh:name."""

Words = dict[str, Any]


class Unreadable(ValueError):
    """What came is not an agreement of this profile; the message says where."""


def written(words: Mapping[str, Any]) -> Words:
    """The agreement as a JSON-LD document. `words` as `read` gives them."""
    when = [
        _constraint("dateTime", "gteq", words["starts_on"]),
        _constraint("dateTime", "lteq", words["ends_on"]),
    ]
    why = _constraint("purpose", "isAnyOf", [PURPOSE + one for one in words["purposes"]])
    return {
        "@context": CONTEXT,
        "@type": "Agreement" if words["signed"] else "Offer",
        "uid": words["uid"],
        "profile": PROFILE,
        "conflict": "prohibit",
        **{f"eh:{name}": words[name] for name in PLAIN},
        "eh:party": [
            {"uid": f"{AGENCY}{one['no']}", "eh:name": one["name"], "eh:capacity": one["capacity"]}
            for one in words["parties"]
        ],
        "eh:document": [{"eh:title": one["title"], "eh:sha256": one["digest"]} for one in words["documents"]],
        "eh:restsOn": {
            PURPOSE + purpose: [POWER + code for code in codes] for purpose, codes in words["powers"].items()
        },
        "eh:example": [_example(one) for one in words["examples"]],
        "permission": [_permission(clause, [*when, why]) for clause in words["clauses"]],
        "obligation": [{"action": "delete", "eh:says": words["retention"]}] if words["retention"] else [],
    }


def _constraint(left: str, operator: str, right: Any) -> Words:
    return {"leftOperand": left, "operator": operator, "rightOperand": right}


def _permission(clause: Mapping[str, Any], shared: Sequence[Words]) -> Words:
    # a reader that does not know districts must refuse the clause, not open it to every district: hence constraints
    places = {"eh:assignerDistrict": clause["provider_district"], "eh:assigneeDistrict": clause["recipient_district"]}
    own = [_constraint(left, "eq", district) for left, district in places.items() if district]
    if clause["needs_involvement"]:
        own.append(_constraint("eh:involvement", "eq", True))
    if clause["needs_consent"]:
        own.append(_constraint("eh:personAgrees", "eq", True))
    if clause["stages"]:
        own.append(_constraint("eh:stage", "isAnyOf", [f"{STAGE}{one}" for one in clause["stages"]]))
    if clause["how_far_back"]:
        own.append(_constraint("eh:age", "lt", f"P{clause['how_far_back']}M"))
    roles = _constraint("eh:role", "isAnyOf", [ROLE + role for role in clause["roles"]])
    return {
        "eh:number": clause["number"],
        "assigner": _side(clause["provider"]),
        "assignee": {**_side(clause["recipient"]), "refinement": [roles]},
        "target": {"@type": "AssetCollection", "uid": f"{KIND}{clause['kind']}"},
        "action": [{"rdf:value": {"@id": "odrl:read"}, "refinement": [_constraint("eh:level", "eq", clause["level"])]}],
        "constraint": [*shared, *own],
    }


_SAID = "must_see level is_involved agrees age group district".split()
"""Words of an example that are kept as eh:name; the others are said as a clause says them."""


def _example(example: Mapping[str, Any]) -> Words:
    return {
        "eh:number": example["number"],
        "assigner": _side(example["provider"]),
        "assignee": {**_side(example["recipient"]), "eh:name": example["recipient_name"]},
        "target": f"{KIND}{example['kind']}",
        "eh:role": ROLE + example["role"],
        "purpose": PURPOSE + example["purpose"],
        "eh:stage": f"{STAGE}{example['stage']}",
        **{f"eh:{name}": example[name] for name in _SAID},
    }


def _read_example(said: Mapping[str, Any]) -> Words:
    return {
        "number": said["eh:number"],
        "provider": _party(said["assigner"]["uid"]),
        "recipient": _party(said["assignee"]["uid"]),
        "recipient_name": said["assignee"]["eh:name"],
        "kind": _number(said["target"], KIND),
        "role": said["eh:role"].removeprefix(ROLE),
        "purpose": said["purpose"].removeprefix(PURPOSE),
        "stage": _number(said["eh:stage"], STAGE),
        **{name: said[f"eh:{name}"] for name in _SAID},
    }


def _side(side: int | str) -> Words:
    if isinstance(side, int):
        return {"@type": "Party", "uid": f"{AGENCY}{side}"}
    return {"@type": "PartyCollection", "uid": TYPE + side}


def read(document: Any) -> Words:
    """The agreement's words from a document that `written` made. Raises Unreadable, saying where it is not one."""
    try:
        return _read(document)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, StopIteration) as error:
        raise error if isinstance(error, Unreadable) else Unreadable(_where(error)) from error


def _where(error: Exception) -> str:
    missing = f"“{error.args[0]}” is missing" if isinstance(error, KeyError) else "something is not as the profile says"
    return f"This is not an agreement we can read: {missing}."


def _read(document: Any) -> Words:
    if document["profile"] != PROFILE or document["@type"] not in {"Agreement", "Offer"}:
        raise Unreadable(f"This is not an agreement of the profile {PROFILE}.")
    words: Words = {name: document[f"eh:{name}"] for name in PLAIN}
    rules = document["permission"]
    first = {(one["leftOperand"], one["operator"]): one["rightOperand"] for one in rules[0]["constraint"]}
    words |= {
        "uid": document["uid"],
        "signed": document["@type"] == "Agreement",
        "starts_on": first["dateTime", "gteq"],
        "ends_on": first["dateTime", "lteq"],
        "purposes": [one.removeprefix(PURPOSE) for one in first["purpose", "isAnyOf"]],
        "powers": {
            purpose.removeprefix(PURPOSE): [code.removeprefix(POWER) for code in codes]
            for purpose, codes in document["eh:restsOn"].items()
        },
        "parties": [
            {"no": _number(one["uid"], AGENCY), "name": one["eh:name"], "capacity": one["eh:capacity"]}
            for one in document["eh:party"]
        ],
        "documents": [{"title": one["eh:title"], "digest": one["eh:sha256"]} for one in document["eh:document"]],
        "clauses": [_clause(rule) for rule in rules],
        # a file from before examples were signed has none
        "examples": [_read_example(one) for one in document.get("eh:example", [])],
    }
    if any(_shared(rule) != _shared(rules[0]) for rule in rules):
        raise Unreadable("Every permission of one agreement has the same dates and purposes.")
    return words


def _shared(rule: Mapping[str, Any]) -> list[Any]:
    return [one for one in rule["constraint"] if one["leftOperand"] in {"dateTime", "purpose"}]


_KNOWN = {
    *("dateTime", "purpose", "eh:involvement", "eh:personAgrees", "eh:stage", "eh:age"),
    *("eh:assignerDistrict", "eh:assigneeDistrict"),
}


def _clause(rule: Mapping[str, Any]) -> Words:
    said = {one["leftOperand"]: one["rightOperand"] for one in rule["constraint"]}
    if unknown := sorted(set(said) - _KNOWN):
        raise Unreadable(f"A condition is not known here: {', '.join(unknown)}. Without it the clause would open more.")
    return {
        "number": rule["eh:number"],
        "provider": _party(rule["assigner"]["uid"]),
        "provider_district": said.get("eh:assignerDistrict", ""),
        "recipient": _party(rule["assignee"]["uid"]),
        "recipient_district": said.get("eh:assigneeDistrict", ""),
        "roles": [one.removeprefix(ROLE) for one in rule["assignee"]["refinement"][0]["rightOperand"]],
        "kind": _number(rule["target"]["uid"], KIND),
        "level": rule["action"][0]["refinement"][0]["rightOperand"],
        "needs_involvement": said.get("eh:involvement", False),
        "needs_consent": said.get("eh:personAgrees", False),
        "stages": [_number(one, STAGE) for one in said.get("eh:stage", [])],
        "how_far_back": int(said["eh:age"][1:-1]) if "eh:age" in said else 0,
    }


def _party(uid: str) -> int | str:
    return _number(uid, AGENCY) if uid.startswith(AGENCY) else uid.removeprefix(TYPE)


def _number(uid: str, prefix: str) -> int:
    if not uid.startswith(prefix):
        raise Unreadable(f"“{uid}” should begin with {prefix}")
    return int(uid.removeprefix(prefix))
