// Every choice, feature and measurement of the garment in hand. The visitor's edits go out as one patch that holds
// whatever Python has not yet answered; what Python writes back never counts as an edit, so nothing can loop.
// One patch is under way at a time: its answer takes the place of this part's value, and would replace a patch that
// Gradio holds back meanwhile (with trigger_mode "always_last" such edits were lost).
const PATIENCE_MS = 8000;
let asked = 0;                                // when the patch under way was sent; 0: none
let seq = 0, pressed = null, strokes = 0, layout = '', last = {};
const waiting = new Map();                    // field -> {value, stroke, seq} not yet answered
const rows = new Map();                       // field -> function that shows a new state
function send(name, value) {
  waiting.delete(name);
  waiting.set(name, {value, stroke: pressed === name ? `drag ${strokes}` : '', seq: ++seq});
  ask();
}
function ask() {
  if (!waiting.size || Date.now() - asked < PATIENCE_MS) return;
  asked = Date.now();
  const edits = [...waiting].map(([field, edit]) => [field, edit.value, edit.stroke]);
  props.value = {sent: {edits, seq, revision: last.revision}};
  trigger('edit');
}
function labelled(row, field, control) {
  const label = make('label', '', field.title);
  control.id = `field-${field.name}`; label.htmlFor = control.id;
  if (field.help) { label.title = field.help; control.title = field.help; }
  row.prepend(label);
  return control;
}
function choice(field) {
  const row = make('div', 'row choice'), select = make('select');
  row.append(labelled(row, field, select));
  select.addEventListener('change', () => send(field.name, select.value));
  rows.set(field.name, (now) => {
    select.replaceChildren(...now.options.map(([value, title]) => {
      const option = make('option', '', title);
      option.value = value;
      return option;
    }));
    select.value = now.value;
  });
  return row;
}
function flag(field) {
  const row = make('label', 'flag'), box = make('input');
  box.type = 'checkbox'; box.id = `field-${field.name}`;
  row.append(box, make('span', '', field.title));
  box.addEventListener('change', () => send(field.name, box.checked));
  rows.set(field.name, (now) => { box.checked = now.value; });
  return row;
}
function length(field) {
  const row = make('div', 'row length'), slide = make('input'), exact = make('input'), auto = make('button', 'auto', 'auto');
  slide.type = 'range'; exact.type = 'number'; auto.type = 'button';
  for (const input of [slide, exact]) { input.min = field.low; input.max = field.high; }
  slide.step = 0.5; exact.step = 0.1;
  exact.setAttribute('aria-label', `${field.title}, cm`);
  auto.title = `Back to automatic: ${field.title.toLowerCase()} follows the other measurements`;
  auto.setAttribute('aria-label', `Reset ${field.title} to automatic`);
  row.append(labelled(row, field, slide), exact, auto);
  const fill = () => slide.style.setProperty('--at', `${(100 * (slide.value - field.low)) / (field.high - field.low)}%`);
  slide.addEventListener('pointerdown', () => { pressed = field.name; strokes++; });
  slide.addEventListener('input', () => { exact.value = slide.value; fill(); send(field.name, Number(slide.value)); });
  let typing = false;                           // a number half typed is not replaced by an answer
  exact.addEventListener('input', () => { typing = true; });
  exact.addEventListener('blur', () => { typing = false; });
  exact.addEventListener('change', () => { typing = false; if (exact.value !== '') send(field.name, Number(exact.value)); });
  auto.addEventListener('click', () => send(field.name, null));
  rows.set(field.name, (now) => {
    if (typing) return;
    row.classList.toggle('set', !now.auto);
    auto.disabled = now.auto;
    slide.value = now.value ?? (field.low + field.high) / 2;
    if (now.value === null) { exact.value = ''; exact.placeholder = 'fits'; } else exact.value = now.value;
    fill();
  });
  return row;
}
// A standard size sets the wearer's measurements; the field shows the table's size that they are nearest to.
function size(field) {
  const row = make('div', 'row choice'), select = make('select');
  row.append(labelled(row, field, select));
  select.addEventListener('change', () => { if (select.value) send(field.name, select.value); });
  rows.set(field.name, (now) => {
    const own = make('option', '', 'Own measurements');
    own.value = '';
    select.replaceChildren(own, ...now.groups.map(([title, options]) => {
      const group = make('optgroup');
      group.label = title;
      group.append(...options.map(([value, name]) => {
        const option = make('option', '', name);
        option.value = value;
        return option;
      }));
      return group;
    }));
    select.value = now.value;
  });
  return row;
}
const kinds = {choice, flag, length, size};
function build(value) {
  rows.clear();
  root.replaceChildren(...value.groups.map((group) => {
    const section = make('section', `group ${group.fields[0].kind}s`);
    section.append(make('h3', '', group.title), ...group.fields.map((field) => kinds[field.kind](field)));
    return section;
  }));
}
function show(value) {
  const names = JSON.stringify((value.groups || []).map((g) => [g.title, g.fields.map((f) => f.name)]));
  if (names !== layout) { layout = names; build(value); }
  for (const group of value.groups || []) for (const field of group.fields)
    if (field.name !== pressed && !waiting.has(field.name)) rows.get(field.name)(field);
  root.dataset.revision = value.revision;
}
for (const done of ['pointerup', 'pointercancel'])
  window.addEventListener(done, () => { if (pressed) { pressed = null; show(last); } });
follow((value) => {
  if (!value.groups) return;
  last = value;
  if (value.answered !== undefined) {
    for (const [name, edit] of [...waiting]) if (edit.seq <= value.answered) waiting.delete(name);
    asked = 0;
  }
  if (value.refused) pressed = null;
  show(value);
  setTimeout(ask);
});
