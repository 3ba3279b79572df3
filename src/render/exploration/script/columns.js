// All columns: all rows, and the selected ones as a line.

const CELLS = 40;
const cards = [];

function binned(column, scale) {
  const at = places(column, scale), all = new Float64Array(CELLS), inside = new Float64Array(CELLS);
  for (let row = 0; row < table.rows; row++) {
    const code = column.codes[row];
    if (code === NONE || isNaN(at[code])) continue;
    const bin = Math.min(CELLS - 1, (at[code] * CELLS) | 0);
    all[bin]++;
    if (selected && selected[row]) inside[bin]++;
  }
  return {all, inside};
}

// The scale of a card.
const cardScale = column => $('scale').value === 'own' ? ownScale(column) : $('scale').value;
// Counted when drawn.
const binsOf = card => card.bins ||= binned(card.column, cardScale(card.column));

function drawCard(card) {
  const {canvas} = card, context = sized(canvas), w = canvas.width, h = canvas.height, {all, inside} = binsOf(card);
  const total = all.reduce((a, b) => a + b, 0) || 1, within = inside.reduce((a, b) => a + b, 0) || 1;
  let most = 0;
  for (let bin = 0; bin < CELLS; bin++) most = Math.max(most, all[bin] / total, selected ? inside[bin] / within : 0);
  context.clearRect(0, 0, w, h);
  const bar = (counts, of, tone, alpha, line) => {
    context.fillStyle = tone; context.strokeStyle = tone; context.globalAlpha = alpha; context.lineWidth = 3;
    context.beginPath();
    for (let bin = 0; bin < CELLS; bin++) {
      const tall = counts[bin] ? Math.max(2, (h - 4) * counts[bin] / of / (most || 1)) : 0, left = w * bin / CELLS;
      if (line) { context.lineTo(left, h - 2 - tall); context.lineTo(left + w / CELLS, h - 2 - tall); }
      else context.fillRect(left, h - tall, Math.max(1, w / CELLS - 1), tall);
    }
    if (line) context.stroke();
    context.globalAlpha = 1;
  };
  bar(all, total, selected ? style('--tone-quiet') : style('--tone-first'), selected ? 0.6 : 0.9, false);
  if (selected && chosen) bar(inside, within, style('--tone-alarm'), 1, true);
}

function drawCards() {
  for (const card of cards) {
    const {canvas, column, told} = card;
    const scale = cardScale(column);
    told.textContent = column.text || scale === 'linear' ? '' : ' (' + scale + (lower(column, scale) ? ', ≤ 0 apart' : '') + ')';
    card.bins = null;
    later(canvas, () => drawCard(card));
  }
}

