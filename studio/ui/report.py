"""The report below the pattern: findings in tailor's words, the twelve checks, and every seam measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studio.pattern import SEWING_TOLERANCE_MM, Finding, FindingKind, Pattern, SeamCheck, SeamKind

_TONES = {
    FindingKind.FAULT: "fault",
    FindingKind.WARNING: "warning",
    FindingKind.CHANGED: "changed",
    FindingKind.NOT_DRAWN: "kept",
}
_ORDER = list(_TONES)

CHECK_TITLES: Mapping[str, str] = {
    "C1": "outlines are closed and simple",
    "C2": "seams agree in length",
    "C3": "notches meet",
    "C4": "lines run on smoothly over the seams",
    "C5": "darts close",
    "C6": "seam allowance everywhere",
    "C7": "grainlines",
    "C8": "the body fits in",
    "C9": "left and right mirror",
    "C10": "every edge is sewn or finished",
    "C11": "fits the cloth's width",
    "C12": "measurements of one body",
}
"""What each check of docs/checks.md asks, in a few words."""


ON_PAPER = ("C3", "C6")
"""The checks that look at cutting lines and notches; they take longer than a draft and follow it."""


def report_view(pattern: Pattern, on_paper: Sequence[Finding] | None = None) -> dict[str, Any]:
    """Findings, worst first, the checks, and the seam table, as plain values.

    `on_paper` are the findings of the cutting lines; None while they are not checked yet.
    """
    checks = pattern.seam_checks
    faulty = [check for check in checks if not check.is_sewable]
    findings = sorted((*pattern.findings, *(on_paper or ())), key=lambda finding: _ORDER.index(finding.kind))
    worst = max((abs(check.mismatch_mm) for check in checks), default=0.0)
    summary = (
        f"{len(faulty)} of {len(checks)} seams do not close"
        if faulty
        else f"All {len(checks)} seams close within {max(worst, 0.1):.1f} mm (allowed {SEWING_TOLERANCE_MM:g} mm)"
    )
    rows = [seam_row(check) | {"number": number} for number, check in enumerate(checks)]
    return {
        "findings": [_finding_row(finding) for finding in findings],
        "checks": [_check_row(code, findings, waits=on_paper is None and code in ON_PAPER) for code in CHECK_TITLES],
        "seams": sorted(rows, key=lambda row: bool(row["closes"])),
        "summary": summary,
        "all_close": not faulty,
        "open": bool(faulty),
    }


def _finding_row(finding: Finding) -> dict[str, Any]:
    edge = f"{finding.piece}.{finding.edge}" if finding.piece and finding.edge else ""
    return {
        "kind": str(finding.kind),
        "tone": _TONES[finding.kind],
        "message": finding.message,
        "check": finding.check,
        "piece": finding.piece,
        "edge": edge,
    }


def _check_row(code: str, findings: Sequence[Finding], *, waits: bool) -> dict[str, Any]:
    """One check: good, or the worst that it found, or waiting for its turn."""
    found = [finding.kind for finding in findings if finding.check == code]
    state = "bad" if FindingKind.FAULT in found else "look" if found else "waits" if waits else "good"
    return {"code": code, "title": CHECK_TITLES[code], "state": state, "count": len(found)}


def seam_row(check: SeamCheck) -> dict[str, Any]:
    """One seam as it is written in the table."""
    seam = check.seam
    ease = f"{seam.ease:+.1f} cm" if abs(seam.ease) >= 0.05 else "–"
    if seam.ratio != 1.0:
        ease = f"× {seam.ratio:.2f}" + (f" {ease}" if ease != "–" else "")
    return {
        "name": seam.name.replace("_", " "),
        "kind": "" if seam.kind == SeamKind.PLAIN else str(seam.kind),
        "a": f"{check.length_a:.1f} cm",
        "b": f"{check.length_b:.1f} cm",
        "ease": ease,
        "off": f"{abs(check.mismatch_mm):.1f} mm",
        "closes": check.is_sewable,
    }
