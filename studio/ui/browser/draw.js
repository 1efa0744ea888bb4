// Shared by every drawn part: make an element, with text as text; redraw when Python writes a new value.
const root = element.firstElementChild || element;
function make(tag, cls, text) {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  if (text !== undefined && text !== null) node.textContent = String(text);
  return node;
}
function follow(draw) {
  draw(props.value || {});
  watch('value', () => draw(props.value || {}));
}
