// Pictures are drawn when they come in sight: only what is read must be right at once.

const todo = new Map();
let together = false, printing = false;

// A picture that is a function of what stands here now; the last one asked for is drawn.
function later(canvas, draw) {
  todo.set(canvas, draw);
  if (!together) catchUp();
}

// Many of them, with the page laid out once.
function inOne(ask) {
  if (together) { ask(); return; }
  together = true;
  try { ask(); } finally { together = false; }
  catchUp();
}

// Draw what is in sight or a quarter of a page away from it; all of it for a print.
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
  // Whatever moves a picture changes the height of the page.
  new ResizeObserver(catchUp).observe(document.body);
}

