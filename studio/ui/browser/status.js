// The garment in hand, its revision, and what this installation can do. The browser keeps the last design of its own accord:
// a page that is opened anew offers to go on with it.
const KEPT = 'garment-pattern-studio';
let offered = null;
function kept() {
  try { return localStorage.getItem(KEPT); } catch { return null; }          // private windows may refuse
}
function keep(text) {
  try { localStorage.setItem(KEPT, text); } catch { /* nothing is kept, nothing is lost of the session */ }
}
follow((value) => {
  const parts = [make('strong', 'kind', value.garment || ''), make('span', 'revision', `rev ${value.revision ?? 0}`)];
  if (value.revision > 0 && value.design) { keep(value.design); offered = null; }
  else if (value.revision === 0) offered = offered ?? kept();
  if (value.revision === 0 && offered && offered !== value.design) {
    const again = make('button', 'again', 'Go on with your last garment');
    again.type = 'button';
    again.addEventListener('click', () => { props.value = {...value, again: offered}; trigger('again'); });
    parts.push(again);
  }
  for (const item of value.available || []) {
    const mark = make('span', `mark ${item.there ? 'there' : 'missing'}`, item.name);
    mark.title = item.note || '';
    parts.push(mark);
  }
  root.replaceChildren(...parts);
  root.dataset.revision = value.revision ?? 0;
});
