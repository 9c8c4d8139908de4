"""Which names mean what: words of layers, blocks, texts and title-block tags, the program's own and an institute's over them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.drawing.text import comparable

LAYER_ROLES = (
    "frame", "dimension", "text", "hatch", "axis", "furniture", "elevation", "stair",
    "balcony", "column", "window", "door", "wall", "room",
)  # fmt: skip
"""What the geometry on a layer may be; of two words of equal length the earlier role holds ("门窗编号" is text, not a door)."""
BLOCK_ROLES = ("title", "seal", "furniture", "axis", "column", "window", "door")
TEXT_ROLES = (
    "room", "balcony", "public", "gross", "net", "shared", "persons", "unit", "unit_type", "plan", "elevation", "section", "detail",
    "outer_wall", "inner_wall", "stairs",
)  # fmt: skip
TAG_ROLES = ("number", "name", "revision", "dated", "scale", "project", "designer", "checker", "approver")
PARTS: Mapping[str, tuple[str, ...]] = {"layers": LAYER_ROLES, "blocks": BLOCK_ROLES, "texts": TEXT_ROLES, "tags": TAG_ROLES}
_SHORT = 4
"""A Latin word shorter than this must be a whole part of a layer's name, so that "COL" does not find "COLOUR"."""

Words = Mapping[str, tuple[str, ...]]


class UnknownRole(ValueError):
    """A mapping of names has a part or a role that there is not. Attributes: where, found, expected."""

    def __init__(self, where: str, found: str, expected: tuple[str, ...]) -> None:
        super().__init__(f"{where}: {found!r} is none of {', '.join(expected)}")
        self.where, self.found, self.expected = where, found, expected


@dataclass(frozen=True)
class Naming:
    """Words by role. In layers and texts a word is found anywhere; "#" in a word is one digit and the word stands at the beginning."""

    layers: Words = field(default_factory=dict)
    blocks: Words = field(default_factory=dict)
    texts: Words = field(default_factory=dict)
    tags: Words = field(default_factory=dict)
    own_layers: Words = field(default_factory=dict)  # an institute's, whole names, tried before the words

    @classmethod
    def made(cls, mapping: Mapping[str, Mapping[str, object]]) -> "Naming":
        """Return the naming of a mapping part → role → words, as drawing_names.yaml has it.

        Raises
        ------
        UnknownRole
            a part or role that there is not, or words that are no list of texts
        """
        read = {part: _words(part, roles) for part, roles in mapping.items()}
        return cls(**read)

    def with_(self, mapping: Mapping[str, Mapping[str, object]]) -> "Naming":
        """Return this naming with an institute's laid over it: its layers by their whole names, its other words beside the known ones.

        Raises UnknownRole as `made` does.
        """
        own = Naming.made(mapping)
        return Naming(self.layers, _both(own.blocks, self.blocks), _both(own.texts, self.texts), _both(own.tags, self.tags), _both(own.layers, self.own_layers))

    def layer_role(self, name: str) -> str:
        """Return what a layer of this plain name holds, "" where no word says it."""
        flat = comparable(name)
        for role in LAYER_ROLES:
            if any(comparable(word) == flat for word in self.own_layers.get(role, ())):
                return role
        return _longest(self.layers, LAYER_ROLES, flat)

    def block_role(self, name: str) -> str:
        """Return what a block of this name draws, "" where no word says it."""
        return _longest(self.blocks, BLOCK_ROLES, comparable(name))

    def says(self, role: str, text: str) -> bool:
        """Tell whether a text has one of the words of a role of texts."""
        flat = comparable(text)
        return any(comparable(word) in flat for word in self.texts.get(role, ()))

    def tag_role(self, label: str) -> str:
        """Return which field of a title block a tag or label names, "" for none: the whole label, without its colon."""
        flat = comparable(label).strip(":：.、")
        return next((role for role in TAG_ROLES if any(comparable(word) == flat for word in self.tags.get(role, ()))), "")


def fits(word: str, flat: str) -> bool:
    """Tell whether a word is found in a comparable name; with "#" it is a beginning, each # one digit. Linear, whatever the word."""
    if "#" in word:
        return len(flat) >= len(word) and all(have.isdigit() if want == "#" else have == want for want, have in zip(word, flat, strict=False))
    if len(word) < _SHORT and word.isascii() and word.isalpha():
        return word in "".join(sign if sign.isalpha() else " " for sign in flat).split()
    return word in flat


def _longest(words: Words, roles: tuple[str, ...], flat: str) -> str:
    """Return the role with the longest word that is found; of equals the earlier role."""
    best, found = 0, ""
    for role in roles:
        for word in map(comparable, words.get(role, ())):
            if len(word) > best and fits(word, flat):
                best, found = len(word), role
    return found


def _both(first: Words, second: Words) -> Words:
    return {role: (*first.get(role, ()), *second.get(role, ())) for role in {**second, **first}}


def _words(part: str, roles: Mapping[str, object]) -> Words:
    if part not in PARTS:
        raise UnknownRole("naming", part, tuple(PARTS))
    for role, words in roles.items():
        if role not in PARTS[part]:
            raise UnknownRole(part, role, PARTS[part])
        if not isinstance(words, list | tuple) or not all(isinstance(word, str) and word.strip() for word in words):
            raise UnknownRole(f"{part}.{role}", str(words)[:60], ("a list of texts",))
    return {role: tuple(words) for role, words in roles.items() if isinstance(words, list | tuple)}
