"""The report below the pattern: findings in tailor's words, and every seam measured."""

from __future__ import annotations

from typing import Any

from studio.pattern import SEWING_TOLERANCE_MM, FindingKind, Pattern, SeamCheck, SeamKind

_TONES = {
    FindingKind.FAULT: "fault",
    FindingKind.WARNING: "warning",
    FindingKind.CHANGED: "changed",
    FindingKind.NOT_DRAWN: "kept",
}
_ORDER = list(_TONES)


def report_view(pattern: Pattern) -> dict[str, Any]:
    """Findings, worst first, and the seam table, as plain values."""
    checks = pattern.seam_checks
    faulty = [check for check in checks if not check.is_sewable]
    findings = sorted(pattern.findings, key=lambda finding: _ORDER.index(finding.kind))
    worst = max((abs(check.mismatch_mm) for check in checks), default=0.0)
    summary = (
        f"{len(faulty)} of {len(checks)} seams do not close"
        if faulty
        else f"All {len(checks)} seams close within {max(worst, 0.1):.1f} mm (allowed {SEWING_TOLERANCE_MM:g} mm)"
    )
    return {
        "findings": [{"kind": str(f.kind), "tone": _TONES[f.kind], "message": f.message} for f in findings],
        "seams": [seam_row(check) for check in sorted(checks, key=lambda check: check.is_sewable)],
        "summary": summary,
        "all_close": not faulty,
        "open": bool(faulty),
    }


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
