"""HTML reduced to what a browser makes of it, so that two templates can be compared."""

import re

import html5lib

SPACE = re.compile(r"\s+")
INLINE = {"span", "strong", "a", "b"}


def tokens(html: str) -> list[object]:
    """A flat list of tags (attributes and class names sorted) and texts (white space folded)."""
    fragment = html5lib.parseFragment(html, treebuilder="dom")
    fragment.normalize()  # the parser leaves a text in pieces
    found: list[object] = []
    walk(fragment, found)
    return found


def walk(node: object, found: list[object]) -> None:
    """Append the tokens of each child, comments left out."""
    for child in node.childNodes:
        if child.nodeType == child.TEXT_NODE:
            text = folded(child)
            if text:
                found.append(text)
        elif child.nodeType == child.ELEMENT_NODE:
            found.append((child.tagName, attributes(child)))
            walk(child, found)
            found.append(f"/{child.tagName}")


def folded(text: object) -> str:
    """White space as one space, and only where a reader sees it: beside text or an inline element."""
    folded = SPACE.sub(" ", text.data)
    if not is_inline(text.previousSibling):
        folded = folded.lstrip()
    return folded if is_inline(text.nextSibling) else folded.rstrip()


def is_inline(node: object) -> bool:
    """Whether this sibling stands in the same line as the text."""
    return node is not None and node.nodeType == node.ELEMENT_NODE and node.tagName in INLINE


def attributes(element: object) -> tuple[tuple[str, str], ...]:
    """Attributes in a fixed order; class names sorted, as their order means nothing."""
    pairs = []
    for name, value in element.attributes.items():
        pairs.append((name, " ".join(sorted(value.split())) if name == "class" else value))
    return tuple(sorted(pairs))
