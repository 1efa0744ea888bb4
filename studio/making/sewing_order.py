"""The order of sewing, read from the seam list: every seam of a pattern is sewn in exactly one step.

What is flat is sewn while it is flat: darts and pockets before the shoulders, sleeves of shirts before the side seams,
tailored sleeves after them; facings, bands and hems last (the usual order of ready-to-wear making).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from studio.pattern import EdgeRef, Finish, MarkKind, Pattern, Piece, Role, Seam, SeamKind
from studio.vocabulary import KNIT_FABRICS, Closure
from studio.workshop import Step


class Stage(IntEnum):
    """The stages of making, in order."""

    INTERFACE = 0
    DARTS = 1
    PLEATS = 2
    POCKETS = 3
    FLY = 4
    PLACKETS = 5
    YOKES = 6
    SHOULDERS = 7
    SLEEVE_SEAMS = 8
    ARMHOLES_FLAT = 9
    SIDES = 10
    LEGS = 11
    CROTCH = 12
    WAIST = 13
    ARMHOLES = 14
    COLLAR_PARTS = 15
    NECK = 16
    FACINGS = 17
    CUFFS = 18
    CLOSURE = 19
    WAISTBAND = 20
    RIBS = 21
    HEMS = 22
    BUTTONS = 23


_UPPER = {Role.FRONT, Role.BACK, Role.YOKE_FRONT, Role.YOKE_BACK}
_SLEEVES = {Role.SLEEVE, Role.UNDER_SLEEVE}
_SKIRTS = {Role.SKIRT_FRONT, Role.SKIRT_BACK}
_LEGS = {Role.TROUSER_FRONT, Role.TROUSER_BACK}
_YOKES = {Role.YOKE_FRONT, Role.YOKE_BACK}
_NECK = {Role.COLLAR, Role.STAND, Role.HOOD, Role.HOOD_STRIP}


def sewing_order(pattern: Pattern) -> tuple[Step, ...]:
    """The steps of making a garment, each seam in one of them, numbered from 1."""
    tailored = any(piece.role == Role.UNDER_SLEEVE for piece in pattern.parts)
    by_stage: dict[Stage, list[Seam]] = {}
    for seam in pattern.seams:
        by_stage.setdefault(_stage(pattern, seam, tailored=tailored), []).append(seam)
    steps: list[Step] = []
    for stage in Stage:
        seams = by_stage.get(stage, [])
        text = _words(pattern, stage, seams)
        if text:
            names = [ref.piece for seam in seams for ref in (*seam.a, *seam.b)] or _pieces_without_seams(pattern, stage)
            title = _TITLES[stage]
            steps.append(Step(len(steps) + 1, title, text, tuple(seam.name for seam in seams), tuple(dict.fromkeys(names))))
    return tuple(steps)


_TITLES = {
    Stage.INTERFACE: "Interface",
    Stage.DARTS: "Darts",
    Stage.PLEATS: "Pleats and gathers",
    Stage.POCKETS: "Pockets",
    Stage.FLY: "Fly",
    Stage.PLACKETS: "Sleeve plackets",
    Stage.YOKES: "Yokes",
    Stage.SHOULDERS: "Shoulders",
    Stage.SLEEVE_SEAMS: "Sleeve seams",
    Stage.ARMHOLES_FLAT: "Sleeves",
    Stage.SIDES: "Side seams",
    Stage.LEGS: "Legs",
    Stage.CROTCH: "Crotch",
    Stage.WAIST: "Waist seam",
    Stage.ARMHOLES: "Set in the sleeves",
    Stage.COLLAR_PARTS: "Collar and hood",
    Stage.NECK: "Neck edge",
    Stage.FACINGS: "Facings",
    Stage.CUFFS: "Cuffs",
    Stage.CLOSURE: "Zip",
    Stage.WAISTBAND: "Waistband",
    Stage.RIBS: "Hem rib",
    Stage.HEMS: "Hems and edges",
    Stage.BUTTONS: "Buttons",
}


def _stage(pattern: Pattern, seam: Seam, *, tailored: bool) -> Stage:
    """When a seam is sewn, by the parts it joins."""
    roles = {pattern[ref.piece].role for ref in (*seam.a, *seam.b)}
    if seam.kind == SeamKind.DART:
        return Stage.DARTS
    for role, stage in (
        (Role.FLY, Stage.FLY),
        (Role.PLACKET, Stage.PLACKETS),
        (Role.FACING, Stage.FACINGS),
        (Role.POCKET_BAG, Stage.POCKETS),
        (Role.POCKET, Stage.POCKETS),
        (Role.WAISTBAND, Stage.WAISTBAND),
        (Role.HEM_RIB, Stage.RIBS),
        (Role.CUFF, Stage.CUFFS),
    ):
        if role in roles:
            return stage
    if roles & _NECK:
        return Stage.COLLAR_PARTS if roles <= _NECK else Stage.NECK
    if roles & _SLEEVES:
        return _sleeve_stage(roles, tailored=tailored)
    if roles & _LEGS:
        return _leg_stage(seam)
    if roles <= _SKIRTS:
        return Stage.SIDES
    if roles & _SKIRTS:
        return Stage.WAIST
    return _upper_stage(roles, seam)


def _sleeve_stage(roles: set[Role], *, tailored: bool) -> Stage:
    if roles <= _SLEEVES:
        return Stage.SLEEVE_SEAMS if tailored else Stage.SIDES
    return Stage.ARMHOLES if tailored else Stage.ARMHOLES_FLAT


def _leg_stage(seam: Seam) -> Stage:
    edges = {ref.edge for ref in (*seam.a, *seam.b)}
    return Stage.CROTCH if any("crotch" in edge for edge in edges) else Stage.LEGS


def _upper_stage(roles: set[Role], seam: Seam) -> Stage:
    edges = {ref.edge for ref in (*seam.a, *seam.b)}
    if any("shoulder" in edge for edge in edges):
        return Stage.SHOULDERS
    if roles & _YOKES:
        return Stage.YOKES
    return Stage.SIDES


def _words(pattern: Pattern, stage: Stage, seams: list[Seam]) -> str:
    """What is done in a stage; '' where this garment has nothing to do there."""
    if stage == Stage.INTERFACE:
        names = [piece for piece in pattern.parts if piece.interfaced]
        return f"Fuse the interfacing to the wrong side of {_listed(names)}." if names else ""
    if stage == Stage.PLEATS:
        return _pleat_words(pattern)
    if stage == Stage.POCKETS:
        return _pocket_words(pattern, seams)
    if stage == Stage.HEMS:
        return _hem_words(pattern)
    if stage == Stage.BUTTONS:
        return _button_words(pattern)
    if stage == Stage.CLOSURE:
        return _zip_words(pattern)
    if stage == Stage.PLACKETS and any(piece.role == Role.PLACKET for piece in pattern.parts):
        return _sentence(pattern, stage)
    if not seams:
        return ""
    sentences = [_sentence(pattern, stage), *(_seam_words(pattern, seam) for seam in seams)]
    return " ".join(sentence for sentence in _merged(sentences) if sentence)


def _sentence(pattern: Pattern, stage: Stage) -> str:
    if stage == Stage.SHOULDERS and pattern.design.style.fabric in KNIT_FABRICS:
        return "Right sides together; sew a tape into the seam so that it does not stretch."
    return _SENTENCES.get(stage, "")


_SENTENCES = {
    Stage.DARTS: "Fold each dart right sides together, sew from the mouth to the point and let the seam run out at the fold; "
    "press waist darts to the centre, bust darts down.",
    Stage.YOKES: "Lay the garment between the two layers of the yoke, right sides together, and sew through all of them.",
    Stage.SHOULDERS: "Right sides together, neck to armhole.",
    Stage.SIDES: "Sew from the hem up, in one go with the underarm where a sleeve is already sewn in.",
    Stage.ARMHOLES: "Ease the cap between the notches with two rows of long stitches, pin at shoulder, notches and underarm.",
    Stage.NECK: "Pin at the centre back, the shoulders and the centre front.",
    Stage.FACINGS: "Right sides together; grade and clip the allowances, understitch, turn and press.",
    Stage.COLLAR_PARTS: "Trim the outer edge of an under collar by 2 mm, so that the turned seam rolls under. Sew the layers "
    "right sides together, trim the corners, turn and press.",
    Stage.CROTCH: "Pull one leg into the other, right sides together, and sew the curve twice.",
    Stage.PLACKETS: "Cut the slit, bind it with the placket strip and close its end with a triangle of stitches.",
    Stage.FLY: "Sew the fly facing to the left front and the shield to the right one before the crotch is closed.",
    Stage.RIBS: "Fold the band in half, mark quarters on band and edge, stretch the band to fit.",
    Stage.WAISTBAND: "Right sides together, overlap past the opening; fold inside and stitch in the ditch.",
    Stage.CUFFS: "Match the ends to the placket or the underarm seam.",
}


def _seam_words(pattern: Pattern, seam: Seam) -> str:
    """One seam in words, with what is eased, gathered, stretched or pleated."""
    first, second = (_listed(_in_order(pattern, run)) for run in (seam.a, seam.b))
    if seam.kind == SeamKind.DART:
        return ""
    joined = f"{_spoken(seam.name.replace(' ', '_'))}: {first} to {second}" if first != second else f"{first}, edge to edge"
    extra = ""
    difference = pattern.run_length(seam.b) - pattern.run_length(seam.a)
    if seam.kind == SeamKind.GATHERED:
        extra = f", gathering {abs(difference):.1f} cm in"
    elif seam.kind == SeamKind.STRETCHED:
        extra = f", stretching it by {abs(difference):.1f} cm"
    elif seam.kind == SeamKind.PLEATED:
        extra = f", with {abs(difference):.1f} cm folded into pleats"
    elif abs(seam.ease) >= 0.1:
        extra = f", easing {abs(seam.ease):.1f} cm"
    return f"{joined[:1].upper()}{joined[1:]}{extra}."


def _in_order(pattern: Pattern, run: tuple[EdgeRef, ...]) -> list[Piece]:
    """The pieces of a run in the pattern's order, so that left and right are told alike."""
    names = {ref.piece for ref in run}
    return [piece for piece in pattern.parts if piece.name in names]


def _merged(sentences: Iterable[str]) -> list[str]:
    """The sentences once each: left and right say the same."""
    return list(dict.fromkeys(sentences))


def _listed(pieces: Iterable[Piece]) -> str:
    """Names as one would say them: sides left out, each once."""
    words = list(dict.fromkeys(_spoken(piece.name) for piece in pieces))
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _spoken(name: str) -> str:
    return " ".join(word for word in name.split("_") if word not in ("left", "right"))


def _pleat_words(pattern: Pattern) -> str:
    names = [p for p in pattern.parts if any(mark.kind == MarkKind.PLEAT for mark in p.marks)]
    gathered = [seam for seam in pattern.seams if seam.kind == SeamKind.GATHERED]
    words = []
    if names:
        words.append(f"Fold the pleats of {_listed(names)} on their lines and baste them flat.")
    if gathered:
        runs = _listed(pattern[ref.piece] for seam in gathered for ref in _longer(pattern, seam))
        words.append(f"Run two rows of long stitches along the edge of {runs} and draw them up to the notches.")
    return " ".join(words)


def _longer(pattern: Pattern, seam: Seam) -> tuple[EdgeRef, ...]:
    return seam.b if pattern.run_length(seam.b) > pattern.run_length(seam.a) else seam.a


def _pocket_words(pattern: Pattern, seams: list[Seam]) -> str:
    patches = [piece for piece in pattern.parts if piece.laid_on is not None]
    bags = [piece for piece in pattern.parts if piece.role == Role.POCKET_BAG]
    words = []
    if patches:
        on = _listed(pattern[piece.laid_on.piece] for piece in patches if piece.laid_on)
        words.append(
            f"Hem the opening of {_listed(patches)}, press the other edges under, topstitch on {on} at the placement lines."
        )
    if bags:
        words.append(f"Sew {_listed(bags)} to the side edges between the placement marks, press towards the opening.")
    return " ".join([*words, *_merged(_seam_words(pattern, seam) for seam in seams)])


def _hem_words(pattern: Pattern) -> str:
    hemmed = [p for p in pattern.parts if p.role != Role.POCKET and any(edge.finish == Finish.HEM for edge in p.edges)]
    bound = [p for p in pattern.parts if any(edge.finish == Finish.BOUND for edge in p.edges)]
    words = []
    if hemmed:
        words.append(f"Turn up and stitch the hem of {_listed(hemmed)}.")
    if bound:
        words.append(f"Bind or turn the open edge of {_listed(bound)}.")
    return " ".join(words)


def _button_words(pattern: Pattern) -> str:
    marks = [mark.kind for piece in pattern.parts for mark in piece.marks]
    holes, buttons = marks.count(MarkKind.BUTTONHOLE), marks.count(MarkKind.BUTTON)
    if not buttons and not holes:
        return ""
    return f"Work {holes} buttonholes and sew on {buttons} buttons at the marks."


def _zip_words(pattern: Pattern) -> str:
    if pattern.design.style.closure != Closure.ZIP:
        return ""
    if any(piece.role == Role.FLY for piece in pattern.parts):
        return "Sew the zip between fly facing and shield; topstitch the fly on the marked line."
    fronts = [p for p in pattern.parts if any(edge.finish == Finish.OPENING for edge in p.edges)]
    if fronts:
        return f"Sew the separating zip between the centre edges of {_listed(fronts)}."
    return "Leave the upper part of the left side seam open down to the mark and sew the zip in."


def _pieces_without_seams(pattern: Pattern, stage: Stage) -> list[str]:
    """The pieces that a step without seams of its own is about."""
    if stage == Stage.INTERFACE:
        return [piece.name for piece in pattern.parts if piece.interfaced]
    if stage == Stage.PLACKETS:
        return [piece.name for piece in pattern.parts if piece.role == Role.PLACKET]
    if stage == Stage.POCKETS:
        return [piece.name for piece in pattern.parts if piece.role in (Role.POCKET, Role.POCKET_BAG)]
    if stage == Stage.HEMS:
        return [piece.name for piece in pattern.parts if any(e.finish in (Finish.HEM, Finish.BOUND) for e in piece.edges)]
    return []
