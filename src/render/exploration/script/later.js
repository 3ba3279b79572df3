// Plots are drawn when they come into view.

const todo = new Map();
let together = false, printing = false;

// Draws a canvas from the current state; only the last request is drawn.
function later(canvas, draw) {
  todo.set(canvas, draw);
  if (!together) catchUp();
}

// Many requests with one page layout.
function inOne(ask) {
  if (together) { ask(); return; }
  together = true;
  try { ask(); } finally { together = false; }
  catchUp();
}

// Draws what is in view or within a quarter of a page of it; everything when printing.
function catchUp() {
  const ready = [], high = window.innerHeight;
  for (const [canvas, draw] of todo) {
    if (!canvas.isConnected) { todo.delete(canvas); continue; }
    const box = canvas.getBoundingClientRect();
    if (box.width && (printing || box.bottom > -high / 4 && box.top < 1.25 * high)) ready.push([canvas, draw]);
  }
  for (const [canvas, draw] of ready) { todo.delete(canvas); draw(); }
}

function beginLater() {
  for (const kind of ['scroll', 'resize']) window.addEventListener(kind, catchUp, {passive: true});
  window.addEventListener('beforeprint', () => { printing = true; catchUp(); });
  window.addEventListener('afterprint', () => { printing = false; });
  // Anything that moves a plot changes the height of the page.
  new ResizeObserver(catchUp).observe(document.body);
}

