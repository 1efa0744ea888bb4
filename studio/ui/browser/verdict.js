// What the photo was taken for: type shares as bars, and what had to be assumed.
follow((value) => {
  const parts = [];
  if (value.title) parts.push(make('h3', '', value.title));
  for (const guess of value.guesses || []) {
    const row = make('div', 'guess'), track = make('div', 'track'), bar = make('div', 'bar');
    bar.style.width = `${Math.round(100 * guess.share)}%`;
    track.append(bar);
    row.append(make('span', 'name', guess.name), track, make('span', 'share', `${Math.round(100 * guess.share)} %`));
    parts.push(row);
  }
  if ((value.notes || []).length) {
    const list = make('ul', 'notes');
    for (const note of value.notes) list.append(make('li', '', note));
    parts.push(list);
  }
  root.replaceChildren(...parts);
});
