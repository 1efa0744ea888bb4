// What the right column shows: the pieces in their colours, the garment in its cloth, or the cloth hung by simulation.
let shows = 'pieces';
function draw() {
  document.querySelector('#right')?.classList.toggle('in-cloth', shows !== 'pieces');
  root.replaceChildren(...[['pieces', 'Pieces'], ['cloth', 'Cloth'], ['draped', 'Draped']].map(([name, title]) => {
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
