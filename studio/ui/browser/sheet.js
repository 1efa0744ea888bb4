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
let first = true;
follow((value) => {
  if (!value.svg) return;
  const later = !first;
  first = false;
  const parsed = new DOMParser().parseFromString(value.svg, 'image/svg+xml').documentElement;
  if (parsed.nodeName !== 'svg') return;
  const next = document.importNode(parsed, true), stay = kind === value.kind && box && box !== home;
  home = next.getAttribute('viewBox').split(' ').map(Number);
  kind = value.kind;
  root.replaceChildren(next, tools);
  look(stay ? box : home);
  root.dataset.revision = value.revision;
  // The garment on the body takes the processor for a while: it is asked for once this picture is on the screen.
  if (later) requestAnimationFrame(() => setTimeout(() => trigger('painted')));
});
