"""From a sentence to a changed design, offline: every word is used, asked about or named as not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from studio.design import GarmentDesign, starting_design
from studio.errors import DesignError
from studio.fields import SECTION_OF, bounds_of
from studio.language.amounts import plain_text
from studio.language.clauses import read_clauses
from studio.language.edits import Edit, Op, apply_edits, is_length
from studio.language.fitting import fullness_note
from studio.language.heads import Subject, subject
from studio.language.lexicon import Item, tagged, word_list
from studio.language.questions import answer, is_about_the_garment, is_question
from studio.language.reply import Change, changes_between, moved_along, not_understood, quoted, sentence, stated, told_all
from studio.language.resolve import Resolved, implied_edits, overruled, resolve
from studio.language.sized import for_wearer
from studio.language.targets import title
from studio.language.wishes import Clauses, Kind, Lock, Puzzle, Unclear, Walk
from studio.vocabulary import Sleeve

MAX_CHARACTERS = 2000
MOST_DOUBTS = 4


class Action(StrEnum):
    CREATE = "create"
    EDIT = "edit"
    EDIT_WITH_ASSUMPTION = "edit_with_assumption"
    ANSWER = "answer"
    KEEP = "keep"
    UNDO = "undo"
    REDO = "redo"
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True)
class TextReading:
    """What a sentence means. `design` is the new document, or the one given (None if there was none) where nothing changes."""

    action: Action
    design: GarmentDesign | None
    changes: tuple[Change, ...]
    reply: str
    edits: tuple[Edit, ...] = ()
    unread: tuple[str, ...] = ()


def read_text(text: str, design: GarmentDesign | None = None) -> TextReading:
    """The change that `text` asks of `design`, or the garment it describes. Never raises for any text.

    >>> read_text("a red midi skirt").action.value
    'create'
    """
    if len(text) > MAX_CHARACTERS:
        reply = f"That is {len(text):,} characters; please say it in at most {MAX_CHARACTERS:,}."
        return TextReading(Action.REFUSE, design, (), reply)
    plain = plain_text(text)
    if any(phrase in plain.lower() for phrase in word_list("hostile")):
        return TextReading(Action.REFUSE, design, (), "I only work on garments: describe one, or say what to change.")
    items = tagged(_joined_particles(plain))
    if not any(item.tag != " " for item in items):
        return TextReading(Action.ASK, design, (), "Tell me which garment you want, or what to change about it.")
    if is_question(plain):
        return _answered(items, design, plain)
    try:
        return _understood(subject(items, design), items, design)
    except Unclear as question:
        return TextReading(Action.ASK, design, (), str(question), unread=_unread(items))
    except DesignError as error:
        return TextReading(Action.ASK, design, (), _bounds_question(error), unread=_unread(items))


def _joined_particles(text: str) -> str:
    """'take the waist in' as 'take in the waist', 'I am 165 cm' as 'height 165 cm', 'seam and hem allowance' as two parts."""
    text = re.sub(r"\b(seam|hem) (and|&) (seam|hem) allowances?\b", r"\1 allowance \2 \3 allowance", text, flags=re.IGNORECASE)
    text = re.sub(
        r"\b(i'm|i am|s?he is|s?he's)\s+(?=\d[\d.,]*\s*(?:cm|m\b|'|ft|foot|feet))", "height ", text, flags=re.IGNORECASE
    )
    parts = r"\b(take|bring|let)\s+((?:the |my |its )?(?!off|out|in\b|up\b|down\b)[a-z]+)\s+(in|out|up|down)\b"
    return re.sub(parts, r"\1 \3 \2", text, count=4, flags=re.IGNORECASE)


def _unread(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(item.words for item in items if item.tag == "U")


def _answered(items: Sequence[Item], design: GarmentDesign | None, text: str) -> TextReading:
    unread = _unread(items)
    said = answer(items, design) if design is not None and is_about_the_garment(text) else None
    if said is None:
        hint = "Describe a garment first." if design is None else "I can tell you any measurement or style of the garment."
        return _lost(items, design, unread, hint)
    return TextReading(Action.ANSWER, design, (), _joined(said, not_understood(unread)), unread=unread)


def _understood(about: Subject, items: Sequence[Item], design: GarmentDesign | None) -> TextReading:
    clauses = for_wearer(read_clauses(about.items), items)
    if _mostly_unread(clauses, about.head):
        return _lost(items, design, clauses.unread, "Name a garment, or a part and what to change about it.")
    stop = next((wish for wish in clauses.wishes if isinstance(wish, Puzzle) and wish.stops), None)
    if stop:
        return TextReading(Action.ASK, design, (), f"About {quoted(stop.words)}: {_plain(stop.why)}", unread=clauses.unread)
    walk = next((wish for wish in clauses.wishes if isinstance(wish, Walk)), None)
    if walk:
        return _walked(walk, clauses, design)
    if about.head is None and design is None:
        return TextReading(Action.ASK, None, (), "Which garment is it: a shirt, dress, skirt, pants, jacket, hoodie or vest?")
    base = _new_garment(about.head, design) if about.head else design
    assert base is not None
    resolved = resolve(clauses.wishes, base)
    edits = (*overruled(implied_edits(about.head), resolved.edits), *resolved.edits) if about.head else resolved.edits
    new = apply_edits(base, edits)
    _check_kept(new, edits, clauses, base)
    full = fullness_note(edits, new)
    notes = (*resolved.notes, full) if full else resolved.notes
    return _composed(clauses, Resolved(edits, notes), items=items, head=about.head, given=design, base=base, new=new)


def _mostly_unread(clauses: Clauses, head: Kind | None) -> bool:
    """True where doing the few words we know would be acting on noise ('the quick brown fox ...')."""
    real = [wish for wish in clauses.wishes if not isinstance(wish, Puzzle)]
    asked = len(real) + (2 if head else 0)
    off_topic = [word for word in clauses.unread if word.lower() in word_list("off_topic")]
    unknown = [word for word in clauses.unread if word.lower() not in word_list("unsupported")]
    return len(unknown) > 1 + 2 * asked or (bool(off_topic) and head is None) or (bool(unknown) and not real and head is None)


def _lost(items: Sequence[Item], design: GarmentDesign | None, unread: tuple[str, ...], hint: str) -> TextReading:
    words = [item.words.lower() for item in items]
    off_topic = [word for word in words if word in word_list("off_topic")]
    known = any(item.tag in "TFGXC" and item.entry.name != "it" for item in items)
    if off_topic and not known:
        reply = f"I only work on garments, so I cannot help with {quoted(off_topic[0])}. {not_understood(unread)}"
        return TextReading(Action.REFUSE, design, (), reply.strip(), unread=unread)
    foreign = "I read English only." if any(not word.isascii() and word.isalpha() for word in words) else ""
    return TextReading(Action.ASK, design, (), _joined(not_understood(unread), foreign, hint), unread=unread)


def _walked(walk: Walk, clauses: Clauses, design: GarmentDesign | None) -> TextReading:
    others = [wish for wish in clauses.wishes if not isinstance(wish, Walk | Puzzle)]
    if others:
        question = f"First {quoted(walk.words)} or the change? Please say one at a time."
        return TextReading(Action.ASK, design, (), question, unread=clauses.unread)
    action, reply = (Action.UNDO, "Last change undone.") if walk.back else (Action.REDO, "Change done again.")
    return TextReading(action, design, (), _joined(reply, not_understood(clauses.unread)), unread=clauses.unread)


def _new_garment(head: Kind, design: GarmentDesign | None) -> GarmentDesign:
    """The usual garment of that name on the body of the present one."""
    fresh = starting_design(head.kind)
    if design is None:
        return fresh
    body = design.body()
    return fresh.changed(body) if body else fresh


def _check_kept(new: GarmentDesign, edits: Sequence[Edit], clauses: Clauses, old: GarmentDesign) -> None:
    """Raises Unclear where two wishes cancel each other or a part that was to be kept has changed."""
    for edit in edits:
        if edit.op in (Op.CHOOSE, Op.FEATURE) and new.value(edit.field) != edit.value and not edit.assumption:
            numeric_sleeve = edit.field == "sleeve" and Sleeve.NONE not in (new.style.sleeve, edit.value)
            if not numeric_sleeve:
                raise Unclear(f"{quoted(edit.words)} contradicts another part of the sentence: which one do you want?")
    for lock in clauses.wishes:
        if isinstance(lock, Lock):
            for field in _locked_fields(lock):
                if new.value(field) != old.value(field):
                    name = title(field).lower()
                    raise Unclear(f"This would change the {name}, which {quoted(lock.words)} forbids. What should give way?")


_LOCKED = {
    "sleeve": ("sleeve", "sleeve_length", "cap_height"),
    "neckline": ("neckline", "neckline_depth", "neckline_width", "has_hood", "has_collar"),
    "hem": ("length", "skirt_length", "back_length", "inseam"),
    "length": ("length", "skirt_length", "back_length", "inseam"),
    "it length": ("length", "skirt_length", "back_length", "inseam"),
    "it fit": ("fit",),
    "it width": ("fit", "flare", "hem"),
    "leg": ("inseam", "hem", "knee", "length"),
    "skirt": ("skirt_length", "flare", "silhouette", "length", "fullness"),
    "has_collar": ("has_collar", "collar"),
    "has_hood": ("has_hood", "hood"),
    "has_pockets": ("has_pockets", "pocket"),
    "leg_hem": ("hem",),
    "size": ("bust", "waist", "hip", "height"),
    "shoulder": ("shoulder_width",),
    "width": ("fit", "flare", "hem"),
}


def _locked_fields(lock: Lock) -> tuple[str, ...]:
    fields: list[str] = []
    for name in lock.names:
        if name in _LOCKED:
            fields += _LOCKED[name]
        elif name in SECTION_OF:
            fields.append(name)
    return tuple(fields)


def _composed(
    clauses: Clauses,
    resolved: Resolved,
    *,
    items: Sequence[Item],
    head: Kind | None,
    given: GarmentDesign | None,
    base: GarmentDesign,
    new: GarmentDesign,
) -> TextReading:
    edits, unread = resolved.edits, clauses.unread
    notes = [sentence([note]) for note in resolved.notes]
    notes += [f"I read {quoted(item.words)} as “{item.typo}”." for item in items if item.typo]
    assumed = list(dict.fromkeys(edit.assumption for edit in edits if edit.assumption))
    puzzles = (f"About {quoted(w.words)}: {_plain(w.why)}" for w in clauses.wishes if isinstance(w, Puzzle))
    doubts = list(dict.fromkeys(puzzles))[:MOST_DOUBTS]
    tail = [*notes, f"I assumed {'; '.join(assumed)}." if assumed else "", *doubts, not_understood(unread)]
    if head is not None:
        changes = stated(new, edits)
        first = ": ".join(part for part in (f"New {head.words.lower()}", ", ".join(told_all(changes))) if part)
        return TextReading(Action.CREATE, new, changes, _joined(sentence([first]), *tail), edits, unread)
    if not edits:
        return _nothing_done(clauses, given, doubts, notes)
    changes = changes_between(base, new, edits)
    first = sentence(told_all(changes)) if changes else "It is like that already; nothing changed."
    action = Action.EDIT_WITH_ASSUMPTION if any(edit.assumption for edit in edits) else Action.EDIT
    return TextReading(action, new, changes, _joined(first, moved_along(base, new), *tail), edits, unread)


def _nothing_done(clauses: Clauses, design: GarmentDesign | None, doubts: Sequence[str], notes: Sequence[str]) -> TextReading:
    locks = [wish for wish in clauses.wishes if isinstance(wish, Lock)]
    unread = clauses.unread
    if locks and not doubts and not unread:
        return TextReading(Action.KEEP, design, (), "Nothing changed; that stays as it is.")
    reply = _joined(not_understood(unread), *doubts, *notes)
    return TextReading(Action.ASK, design, (), reply or "What should I change about it?", unread=unread)


def _bounds_question(error: DesignError) -> str:
    if is_length(error.field):
        low, high = bounds_of(error.field)
        found = re.search(r"(-?[\d.]+(?:e[+-]?\d+)?) is not a length", str(error))
        would = f" would be {float(found[1]):,.1f} cm, which" if found else ""
        return f"{title(error.field)}{would} is out of bounds: allowed are {low:g} to {high:g} cm. What should it be?"
    return f"That is not possible: {error}."


def _plain(why: str) -> str:
    return why if why.endswith(("?", ".")) else f"{why}."


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
