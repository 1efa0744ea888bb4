// The garment in hand, its revision, and what this installation can do.
follow((value) => {
  const parts = [make('strong', 'kind', value.garment || ''), make('span', 'revision', `rev ${value.revision ?? 0}`)];
  for (const item of value.available || []) {
    const mark = make('span', `mark ${item.there ? 'there' : 'missing'}`, item.name);
    mark.title = item.note || '';
    parts.push(mark);
  }
  root.replaceChildren(...parts);
  root.dataset.revision = value.revision ?? 0;
});
