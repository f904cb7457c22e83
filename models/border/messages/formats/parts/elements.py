"""XML elements by their local names, which is all that our readers ask for: namespaces differ between senders.

lxml is asked once for the children of an element, when one of them is: what nobody reads costs nothing.
"""

from collections.abc import Iterator

from lxml import etree

from models.kernel.legible import legible


class Element:
    """One element, its name without namespace."""

    __slots__ = ("_children", "_own")

    def __init__(self, own: etree._Element) -> None:
        self._own = own
        self._children: dict[str, list[Element]] | None = None

    @property
    def name(self) -> str:
        """Its local name."""
        return _local(self._own)

    @property
    def text(self) -> str:
        """Its text, up to its first child."""
        return self._own.text or ""

    def get(self, attribute: str) -> str:
        """An attribute; empty where there is none."""
        return str(self._own.get(attribute) or "")

    def find(self, path: str) -> "Element | None":
        """The first element at `path`: names of children of children, parted by slashes."""
        name, _, beyond = path.partition("/")
        for child in self._named().get(name, ()):
            element = child.find(beyond) if beyond else child
            if element is not None:
                return element
        return None

    def every(self, path: str) -> Iterator["Element"]:
        """The elements at `path`, in the order of the document."""
        name, _, beyond = path.partition("/")
        for child in self._named().get(name, ()):
            if beyond:
                yield from child.every(beyond)
            else:
                yield child

    def children(self) -> Iterator["Element"]:
        """All its children, in the order of the document."""
        return map(Element, self._own.iterchildren(etree.Element))

    def within(self, *names: str) -> Iterator["Element"]:
        """The elements of these names at any depth, itself included; all of them without a name."""
        return map(Element, self._own.iter(*(f"{{*}}{name}" for name in names or ("*",))))

    def _named(self) -> dict[str, list["Element"]]:
        if self._children is None:
            named: dict[str, list[Element]] = {}
            self._children = named
            for child in self._own:
                name = _local_of(child.tag)
                if name in named:
                    named[name].append(Element(child))
                elif name:
                    named[name] = [Element(child)]
        return self._children


def text_of(element: Element | None, path: str = "") -> str:
    """The text found at `path`, blanks reduced to single spaces; empty where there is none."""
    child = element.find(path) if element is not None and path else element
    return " ".join(legible(child.text).split()) if child is not None else ""


def attribute(element: Element | None, name: str) -> str:
    """The attribute `name`, blanks reduced to single spaces; empty where there is none."""
    return " ".join(legible(element.get(name)).split()) if element is not None else ""


def _local(own: etree._Element) -> str:
    return _local_of(own.tag)


def _local_of(tag: object) -> str:
    """Its name without namespace; empty for what is no element (an entity that was left alone)."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
