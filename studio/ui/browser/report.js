// What there is to know about the draft, in the tailor's words, and every seam measured.
let wasOpen = null;
follow((value) => {
  wasOpen = root.querySelector('details')?.open ?? null;
  const findings = make('div', 'findings');
  for (const finding of value.findings || []) {
    const row = make('div', `finding ${finding.tone}`);
    row.append(make('span', 'chip', finding.kind), make('span', 'words', finding.message));
    findings.append(row);
  }
  const seams = value.seams || [];
  const details = make('details', 'seams'), summary = make('summary');
  details.open = wasOpen ?? Boolean(value.open);
  summary.append(make('span', `dot ${value.all_close ? 'good' : 'bad'}`), make('span', '', value.summary || ''));
  const table = make('table'), head = make('tr');
  for (const [title, cls] of [['Seam', ''], ['One side', 'num'], ['Other side', 'num'], ['Planned ease', 'num'], ['Off by', 'num']])
    head.append(make('th', cls, title));
  table.append(make('thead'), make('tbody'));
  table.tHead.append(head);
  for (const seam of seams) {
    const row = make('tr', seam.closes ? 'good' : 'bad'), name = make('td', '', seam.name);
    if (seam.kind) name.append(make('span', 'kind', seam.kind));
    row.append(name, make('td', 'num', seam.a), make('td', 'num', seam.b), make('td', 'num', seam.ease), make('td', 'num off', seam.off));
    table.tBodies[0].append(row);
  }
  details.append(summary, table);
  root.replaceChildren(findings, details);
});
