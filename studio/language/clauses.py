"""The grammar: items to wishes. Each rule is a regular expression over the items' tags (see `lexicon`).

Rules are tried in order at the first item not yet used; what no rule takes is named to the user, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from studio.language import size_clauses as size
from studio.language import style_clauses as style
from studio.language.lexicon import Item
from studio.language.reader import Reader
from studio.language.wishes import Clauses

NP = "T+(?:pT+)*"  # 'the length of the sleeves'
TL = f"{NP}(?:&+{NP})*"  # 'the sleeves and the hem'

_GRAMMAR: tuple[tuple[str, Callable[[Reader, Sequence[Item]], None]], ...] = (
    ("[BE]", style.walk),
    ("N(?:(?!&+[mVPRKWDh])[^;])*", style.negated),
    (r"Km?(?:J*[TFXxG])+(?:[&v]+J*[TFXxG](?![ACVHXxJoq]))*", style.keep),
    (f"(?:{TL})?[HA]?q[JX](?:p?{TL})?", size.too),
    (f"W{TL}o?A?oAJ?", size.absolute),
    (f"W{TL}fAoAJ?", size.absolute),
    ("W[TFXxJG]*(?:f[XxFJ]+)?[ohb][sXxFJTG]+", style.swap),
    ("W(?:[TFXxJG]+[oh]|[FX])", style.unfinished_swap),
    (f"[PR]A(?![FX])[CJ]?(?:[opf]+(?:{TL})?|{TL})?(?![obp]*A)", size.added_amount),
    (f"R{TL}b?A", size.cut_by),
    (f"VH?(?:{TL})?o?X(?!T)", style.grown_to),
    (f"VH?(?:{TL})?H?[bop]?H?AH?(?:[pf]+{TL})?", size.grow),
    (f"VH?(?:{TL})?H?", size.grow),
    (f"D{TL}", size.multiply),
    ("D(?!U)", size.stray_multiple),
    (f"(?:{TL})?H?CJ(?:p?{TL})?", size.degree),
    (f"{TL}H?[bp]?A?H?CH?b?A?(?:[pf]+{TL}|p?X)?", size.compare),
    (f"{TL}[ob]?p?ApJp?", size.absolute),
    (f"{TL}[obp]*AJ?", size.absolute),
    (f"{TL}p?o?s?(?:[xX](?!T)|J(?!T|[Xs]*[Gg]))", style.part_choice),
    ("[AH]*CF|F(?:H|b|o|p)*[AC]", size.rigid),
    (f"H?C(?:&H?C)+(?:p?{TL})", size.chain),
    (f"H?A?H?CH?b?A?(?:[pof]*{TL}(?:bA)?|p?X)?", size.compare),
    (f"Af{TL}", size.cut_by),
    ("AJX(?![TFxXs])", size.wide_cloth),
    (f"ApJ(?:p{TL})?p?|AJ(?:p?{TL})?|A[p]?{TL}(?![obp]*A)", size.absolute),
    ("(?:[FXx]T?|JT*)i(?:[FXxJ]T?)+", style.instead),
    (f"J(?:&?[JXs]|U)*{NP}(?![Cob]*A)", style.sized_part),
    ("J+[Us]*F", style.sized_feature),
    ("J", style.sized_part),
    (r"R(?:[UsJX]*[FT]|[UsJ]*X)(?:[&v]+e?[UsJ]*[FTX](?![ACVxJoq]))*", style.removed),
    (r"n(?:[UsJX]*[FT]|[UsJ]*X)(?:[&v]+F(?![ACo]))*", style.removed),
    ("F(?:[&v]e?F)*f(?![FXTAJ])|fhF(?:[&v]e?F)*|[FT]o?n(?![UsJXFTC])", style.taken_off),
    (r"&A(?=[&;]|$)", size.afterthought),
    ("X&X(?!T)", style.two_colours),
    ("(?:s*X)+[TF]?", style.styled),
    ("xT", style.bare_choice),
    ("x", style.bare_choice),
    ("F[Uobp]*x", style.kind),
    ("[PRhnm]?Y", style.drawn),
    ("A?F", style.feature),
    ("AX(?!T)", size.counted),
    ("[Ph]T(?![Tobp]*[AC])", style.sleeves_there),
    (NP, style.lonely),
    ("Ap?g", size.absolute),
    ("A", size.stray_amount),
    ("G", style.garment),
    ("Z", style.size),
)
_RULES = tuple((re.compile(pattern), handle) for pattern, handle in _GRAMMAR)


def read_clauses(items: Sequence[Item]) -> Clauses:
    """The wishes of `items`, whose garment nouns are already sorted out (`heads`)."""
    kept = _essential(items)
    tags = "".join(item.tag for item in kept)
    reader = Reader()
    at = 0
    while at < len(tags):
        for pattern, handle in _RULES:
            found = pattern.match(tags, at)
            if found and found.end() > at:
                handle(reader, kept[at : found.end()])
                at = found.end()
                break
        else:
            reader.small_word(kept[at], tags[at + 1 : at + 2])
            at += 1
    return Clauses(tuple(reader.wishes), tuple(reader.unread))


def _essential(items: Sequence[Item]) -> list[Item]:
    """`items` without articles, but 'and a hood' keeps a mark (tag e): it ends the list of a 'no'."""
    kept: list[Item] = []
    for n, item in enumerate(items):
        follows = next((other.tag for other in items[n + 1 :] if other.tag not in " ad"), "")
        if item.tag == "a" and kept and kept[-1].tag == "&" and follows == "F":
            kept.append(replace(item, tag="e"))
        elif item.tag not in " ad":
            kept.append(item)
    return kept
