// The flat pattern: SVG made by the studio, parsed as XML (never as HTML), swapped in one go. Wheel and drag look closer.
let box = null, home = null, kind = null, grip = null;
const svg = () => root.querySelector('svg');
function look(next) {
  box = next;
  svg()?.setAttribute('viewBox', box.join(' '));
  root.classList.toggle('closer', box !== home);
}
function zoom(factor, x, y) {
  const width = Math.min(home[2] * 1.5, Math.max(home[2] / 12, box[2] * factor)), f = width / box[2];
  look([x - (x - box[0]) * f, y - (y - box[1]) * f, width, box[3] * f]);
}
function at(ev) {
  const m = svg()?.getScreenCTM();
  return m ? new DOMPoint(ev.clientX, ev.clientY).matrixTransform(m.inverse()) : null;
}
const tools = make('div', 'zoom');
for (const [sign, title, act] of [
  ['+', 'Zoom in', () => zoom(0.7, box[0] + box[2] / 2, box[1] + box[3] / 2)],
  ['−', 'Zoom out', () => zoom(1.4, box[0] + box[2] / 2, box[1] + box[3] / 2)],
  ['⤢', 'Show all', () => look(home)],
]) {
  const button = make('button', '', sign);
  button.type = 'button'; button.title = title; button.setAttribute('aria-label', title);
  button.addEventListener('click', () => home && act());
  tools.append(button);
}
root.addEventListener('wheel', (ev) => {
  if (!home || !(ev.ctrlKey || ev.metaKey || root.classList.contains('closer'))) return;
  ev.preventDefault();
  const p = at(ev);
  if (p) zoom(ev.deltaY > 0 ? 1.15 : 0.87, p.x, p.y);
}, {passive: false});
root.addEventListener('pointerdown', (ev) => {
  if (ev.button !== 0 || ev.target.closest('.zoom') || !root.classList.contains('closer')) return;
  grip = at(ev); root.setPointerCapture(ev.pointerId);
});
root.addEventListener('pointermove', (ev) => {
  const p = grip && at(ev);
  if (p) look([box[0] + grip.x - p.x, box[1] + grip.y - p.y, box[2], box[3]]);
});
for (const done of ['pointerup', 'pointercancel']) root.addEventListener(done, () => { grip = null; });
// What the sheet shows: the pattern, its cutting lines, the technical flat, all sizes.
const looks = make('div', 'looks');
looks.setAttribute('role', 'group'); looks.setAttribute('aria-label', 'What the sheet shows');
function chooser(value) {
  looks.replaceChildren(...(value.looks || []).map(([name, title]) => {
    const button = make('button', name === value.look ? 'chosen' : '', title);
    button.type = 'button'; button.dataset.look = name;
    button.setAttribute('aria-pressed', String(name === value.look));
    button.addEventListener('click', () => {
      for (const other of looks.children) other.classList.toggle('asked', other === button);
      props.value = {wanted: name};
      trigger('look');
    });
    return button;
  }));
}
// An edge that is pointed at lights up together with what it is sewn to.
root.addEventListener('mouseover', (ev) => {
  const seam = ev.target.dataset?.seam;
  for (const lit of root.querySelectorAll('.lit')) lit.classList.remove('lit');
  if (!seam) return;
  for (const number of seam.split(' '))
    for (const edge of root.querySelectorAll(`.edge[data-seam~="${CSS.escape(number)}"]`)) edge.classList.add('lit');
});
// The drawing is fitted into the window under the row of buttons.
const ROW_PX = 42;
function below_looks([x, y, width, height]) {
  const wide = root.clientWidth, high = root.clientHeight;
  if (!wide || high < 2 * ROW_PX) return [x, y, width, height];
  const scale = Math.min(wide / width, (high - ROW_PX) / height);
  const across = wide / scale, down = high / scale, spare = down - ROW_PX / scale - height;
  return [x - (across - width) / 2, y - ROW_PX / scale - spare / 2, across, down];
}
const SETTLED_MS = 900;
let settling = 0;
let first = true;
follow((value) => {
  if (!value.svg) return;
  const later = !first;
  first = false;
  const parsed = new DOMParser().parseFromString(value.svg, 'image/svg+xml').documentElement;
  if (parsed.nodeName !== 'svg') return;
  const next = document.importNode(parsed, true);
  for (const style of next.querySelectorAll('style')) style.textContent = `.sheet svg { ${style.textContent} }`;
  const stay = kind === value.kind && box && box !== home;
  home = below_looks(next.getAttribute('viewBox').split(' ').map(Number));
  kind = value.kind;
  chooser(value);
  root.classList.toggle('paper', Boolean(value.look) && value.look !== 'pattern');
  root.replaceChildren(next, tools, looks);
  look(stay ? box : home);
  root.dataset.revision = value.revision;
  // The garment on the body takes the processor for a while: it is asked for once this picture is on the screen.
  // What can wait (cutting lines, workshop papers, cloth) is asked for when no further change comes.
  if (!later) return;
  requestAnimationFrame(() => setTimeout(() => trigger('painted')));
  clearTimeout(settling);
  settling = setTimeout(() => trigger('settled'), SETTLED_MS);
});
