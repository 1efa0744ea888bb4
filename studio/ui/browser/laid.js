// The marker: a picture of the cloth with the pieces on it, and how much to buy. An image runs no script.
follow((value) => {
  const parts = [];
  if (value.busy) parts.push(make('p', 'lead busy', value.busy));
  if (value.refused) parts.push(make('p', 'lead refused', value.refused));
  for (const line of value.lines || []) parts.push(make('p', 'lay-line', line));
  if (/^data:image\/svg\+xml;base64,/.test(value.picture || '')) {
    const link = make('a'), picture = make('img');
    picture.src = value.picture; picture.alt = 'The pieces on the cloth';
    link.href = value.picture; link.download = 'marker.svg'; link.title = 'Save the marker as SVG';
    link.append(picture);
    parts.push(link);
  }
  root.replaceChildren(...parts);
});
