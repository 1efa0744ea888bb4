// Later figures for the mounted 3D plot: Plotly is told what is different, and the camera stays where the visitor put it.
let newest = 0, known = null, moved = false;
function mounted() {
  const plot = document.querySelector('#body .js-plotly-plot');
  if (!plot || !window.Plotly || !plot._fullLayout) return null;
  if (plot !== known) {
    known = plot; moved = false;
    plot.on('plotly_relayout', (event) => { if ('scene.camera' in event) moved = true; });
  }
  return plot;
}
function draw(value, attempt) {
  if (value.revision < newest) return;
  newest = value.revision;
  const plot = mounted();
  if (!plot) {
    if (attempt < 300) setTimeout(() => { if (value.revision === newest) draw(value, attempt + 1); }, 100);
    return;
  }
  const figure = JSON.parse(value.figure);
  figure.layout.autosize = true;
  if (moved) figure.layout.scene.camera = plot._fullLayout.scene?._scene?.getCamera() ?? plot.layout.scene.camera;
  Promise.resolve(window.Plotly.react(plot, figure.data, figure.layout, value.settings)).then(() => {
    plot.dataset.revision = value.revision;
  });
}
const waiting = setInterval(() => { if (mounted()) clearInterval(waiting); }, 100);
follow((value) => { if (value.figure) draw(value, 0); });
