// What the right column shows: the pieces in their colours, or the garment in its cloth.
let shows = 'pieces';
function draw() {
  document.querySelector('#right')?.classList.toggle('in-cloth', shows === 'cloth');
  root.replaceChildren(...[['pieces', 'Pieces'], ['cloth', 'Cloth']].map(([name, title]) => {
    const button = make('button', name === shows ? 'chosen' : '', title);
    button.type = 'button'; button.dataset.shows = name;
    button.setAttribute('aria-pressed', String(name === shows));
    button.addEventListener('click', () => {
      shows = name; draw();
      props.value = {shows: name};
      trigger('shown');
    });
    return button;
  }));
}
draw();
