// The workshop's papers: finished measures, cut list, what to buy, the order of sewing.
function table(title, heads, rows) {
  const section = make('section', 'paper'), grid = make('table'), head = make('tr');
  heads.forEach((text, k) => head.append(make('th', k && heads.length > 3 ? 'num' : '', text)));
  grid.append(make('thead'), make('tbody'));
  grid.tHead.append(head);
  for (const cells of rows) {
    const row = make('tr');
    cells.forEach((text, k) => row.append(make('td', k && heads.length > 3 && /^[-+]?[\d.]*$/.test(text) ? 'num' : '', text)));
    grid.tBodies[0].append(row);
  }
  section.append(make('h3', '', title), grid);
  return section;
}
follow((value) => {
  if (value.refused) { root.replaceChildren(make('p', 'lead', value.refused)); return; }
  if (!value.finished) return;
  const steps = make('section', 'paper'), list = make('ol');
  for (const step of value.steps) {
    const item = make('li');
    item.append(make('strong', '', step.title), make('span', '', ` ${step.text}`));
    list.append(item);
  }
  steps.append(make('h3', '', 'Order of sewing'), list);
  root.replaceChildren(
    table('Finished measures · cm', ['', 'garment', 'body', 'ease'], value.finished),
    table('Cut list', ['Piece', 'Cut', 'Cloth', 'Interface'], value.cut),
    table('To buy', ['What', 'How much', ''], value.supplies),
    steps,
  );
  root.dataset.revision = value.revision;
});
