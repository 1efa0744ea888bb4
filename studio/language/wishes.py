"""What a clause asks for, before the garment decides which field is meant."""

from __future__ import annotations

from dataclasses import dataclass

from studio.language.amounts import Amount


class Unclear(Exception):
    """The sentence has no single safe reading; the message is the question for the user."""


@dataclass(frozen=True)
class Choose:
    """A style word or a feature that is to be there or not. `removed` is the choice, or kind of feature, that this takes away."""

    field: str
    value: str | bool
    words: str
    note: str = ""
    removed: str = ""


@dataclass(frozen=True)
class Measure:
    """A length or width that is to become (`mode` 'set') or to change ('delta') by `amount`, or by a usual step without one."""

    target: str
    dimension: str
    mode: str
    sign: int
    words: str
    amount: Amount | None = None
    hedge: str = ""


@dataclass(frozen=True)
class Kind:
    """Another garment; `implied` are the choices its name brings along."""

    kind: str
    words: str
    implied: tuple[tuple[str, str | bool], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Size:
    """A garment size: 'm', '42', '128'; `system` is the country or the wearer as said, or ''."""

    code: str
    system: str
    words: str
    wearer: str = ""


@dataclass(frozen=True)
class Lock:
    """Parts that must not change."""

    names: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Walk:
    """Undo or redo."""

    back: bool
    words: str


@dataclass(frozen=True)
class Puzzle:
    """Known words that fit no clause. `stops`: too doubtful to do the rest of the sentence."""

    words: str
    why: str
    stops: bool = False


Wish = Choose | Measure | Kind | Size | Lock | Walk | Puzzle


@dataclass(frozen=True)
class Clauses:
    """All wishes of a sentence in order, and the words that none of them used."""

    wishes: tuple[Wish, ...]
    unread: tuple[str, ...]
