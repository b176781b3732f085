"""HTML reduced to what a browser makes of it, so that two templates can be compared."""

import re

import html5lib

SPACE = re.compile(r"\s+")
INLINE = {"span", "strong", "a", "b"}


def tokens(html: str) -> list[object]:
    """A flat list of tags (attributes and class names sorted) and texts (white space folded)."""
    fragment = html5lib.parseFragment(html, treebuilder="dom")
    found: list[object] = []
    walk(fragment, found)
    return found


def walk(node: object, found: list[object]) -> None:
    """Append the tokens of each child, comments left out."""
    for child in node.childNodes:
        if child.nodeType == child.TEXT_NODE:
            text = SPACE.sub(" ", child.data).strip()
            if text:
                found.append(text)
        elif child.nodeType == child.ELEMENT_NODE:
            found.append((child.tagName, attributes(child)))
            walk(child, found)
            found.append(f"/{child.tagName}")


def attributes(element: object) -> tuple[tuple[str, str], ...]:
    """Attributes in a fixed order; class names sorted, as their order means nothing."""
    pairs = []
    for name, value in element.attributes.items():
        pairs.append((name, " ".join(sorted(value.split())) if name == "class" else value))
    return tuple(sorted(pairs))
