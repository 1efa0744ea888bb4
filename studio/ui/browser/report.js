// What there is to know about the draft, in the tailor's words, the twelve checks, and every seam measured. A row that is
// pointed at (or focused) lights up its edges in the drawing.
let wasOpen = null;
const sheet = () => document.querySelector('#sheet');
function light(chosen) {
  const svg = sheet();
  for (const lit of svg?.querySelectorAll('.lit') || []) lit.classList.remove('lit');
  if (!svg || !chosen) return;
  const found = 'seam' in chosen
    ? svg.querySelectorAll(`.edge[data-seam~="${CSS.escape(String(chosen.seam))}"]`)
    : chosen.edge ? svg.querySelectorAll(`.edge[data-edge="${CSS.escape(chosen.edge)}"]`)
    : chosen.piece ? svg.querySelectorAll(`g[data-piece="${CSS.escape(chosen.piece)}"] .piece`) : [];
  for (const edge of found) edge.classList.add('lit');
}
function points(row, chosen) {
  if (!('seam' in chosen) && !chosen.edge && !chosen.piece) return row;
  row.tabIndex = 0; row.classList.add('points');
  for (const on of ['mouseenter', 'focus', 'click']) row.addEventListener(on, () => light(chosen));
  for (const off of ['mouseleave', 'blur']) row.addEventListener(off, () => light(null));
  return row;
}
follow((value) => {
  wasOpen = root.querySelector('details')?.open ?? null;
  const findings = make('div', 'findings');
  for (const finding of value.findings || []) {
    const row = make('div', `finding ${finding.tone}`);
    row.append(make('span', 'chip', finding.check ? `${finding.kind} ${finding.check}` : finding.kind), make('span', 'words', finding.message));
    findings.append(points(row, {edge: finding.edge, piece: finding.piece}));
  }
  const seams = value.seams || [];
  const details = make('details', 'seams'), summary = make('summary');
  details.open = wasOpen ?? Boolean(value.open);
  summary.append(make('span', `dot ${value.all_close ? 'good' : 'bad'}`), make('span', '', value.summary || ''));
  const checks = make('div', 'checks');
  for (const check of value.checks || []) {
    const mark = make('span', `check ${check.state}`, check.code);
    mark.title = check.title + (check.count ? ` (${check.count} found)` : '');
    mark.setAttribute('aria-label', `${check.code}: ${check.title}, ${{good: 'passed', waits: 'being checked'}[check.state] || 'look at the findings'}`);
    checks.append(mark);
  }
  summary.append(checks);
  const table = make('table'), head = make('tr');
  for (const [title, cls] of [['Seam', ''], ['One side', 'num'], ['Other side', 'num'], ['Planned ease', 'num'], ['Off by', 'num']])
    head.append(make('th', cls, title));
  table.append(make('thead'), make('tbody'));
  table.tHead.append(head);
  for (const seam of seams) {
    const row = make('tr', seam.closes ? 'good' : 'bad'), name = make('td', '');
    name.append(make('span', `dot ${seam.closes ? 'good' : 'bad'}`), make('span', '', seam.name));
    if (seam.kind) name.append(make('span', 'kind', seam.kind));
    row.append(name, make('td', 'num', seam.a), make('td', 'num', seam.b), make('td', 'num', seam.ease), make('td', 'num off', seam.off));
    table.tBodies[0].append(points(row, {seam: seam.number}));
  }
  details.append(summary, table);
  root.replaceChildren(findings, details);
});
