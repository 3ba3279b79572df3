// The scatter plot.

const plane = () => ({x: axis($('x').value), y: axis($('y').value), sx: $('sx').value, sy: $('sy').value});

// Margins for the axis labels, in CSS pixels.
const MARGIN = {left: 68, right: 10, top: 10, bottom: 24};
const cut = (text, most) => text.length > most ? text.slice(0, most - 1) + '…' : text;

// The pixel of each row (−1 for none), kept until the axes change.
let placed = null;

function spotsNow() {
  const canvas = $('plane'), {x, y, sx, sy} = plane(), w = canvas.width, h = canvas.height;
  if (placed && placed.x === x && placed.y === y && placed.sx === sx && placed.sy === sy && placed.w === w && placed.h === h) return placed;
  const px = places(x, sx), py = places(y, sy), ratio = w / (canvas.clientWidth || w);
  const left = MARGIN.left * ratio, bottom = MARGIN.bottom * ratio, wide = w - (MARGIN.left + MARGIN.right) * ratio - 1, tall = h - (MARGIN.top + MARGIN.bottom) * ratio - 1;
  const at = new Int32Array(table.rows).fill(-1), all = new Uint32Array(w * h);
  for (let row = 0; row < table.rows; row++) {
    const cx = x.codes[row], cy = y.codes[row];
    if (cx === NONE || cy === NONE) continue;
    const fx = px[cx], fy = py[cy];
    if (!(fx >= 0) || !(fy >= 0)) continue;
    all[at[row] = (h - 1 - Math.round(bottom + fy * tall)) * w + Math.round(left + fx * wide)]++;
  }
  return placed = {x, y, sx, sy, w, h, ratio, left, bottom, wide, tall, at, all};
}

// The pixels of selected rows; −1 for all others.
function inSelection(at) {
  if (!selected) return at;
  return at.map((spot, row) => selected[row] ? spot : -1);
}

function paintRows(context, spots, drawn) {
  const {w, h, all} = placed, dot = drawn > 20000 ? 0 : drawn > 3000 ? 1 : 2;
  const image = context.createImageData(w, h), quiet = colour(style('--tone-quiet')), first = colour(style('--tone-first')), second = colour(style('--tone-alarm'));
  const tints = tint ? tones().map(colour) : null, winner = tint ? winners(spots, w * h) : null;
  const paint = (counts, plain, base, won) => {
    let most = 1;
    for (const n of counts) if (n > most) most = n;
    const full = Math.log1p(most);
    for (let at = 0; at < counts.length; at++) {
      if (!counts[at]) continue;
      const tone = won && won[at] !== 255 ? tints[won[at]] : plain;
      const alpha = base + (255 - base) * Math.log1p(counts[at]) / full;
      const cx = at % w, cy = (at / w) | 0;
      for (let dy = -dot; dy <= dot; dy++) for (let dx = -dot; dx <= dot; dx++) {
        if (dx * dx + dy * dy > dot * dot + 1 || cx + dx < 0 || cx + dx >= w || cy + dy < 0 || cy + dy >= h) continue;
        const to = 4 * ((cy + dy) * w + cx + dx);
        if (image.data[to + 3] > alpha && image.data[to] === tone[0]) continue;
        image.data[to] = tone[0]; image.data[to + 1] = tone[1]; image.data[to + 2] = tone[2]; image.data[to + 3] = alpha;
      }
    }
  };
  paint(all, selected || tint ? quiet : first, 90, selected ? null : winner);
  if (selected) {
    const inside = new Uint32Array(w * h);
    for (const spot of spots) if (spot >= 0) inside[spot]++;
    paint(inside, second, 150, winner);
  }
  context.putImageData(image, 0, 0);
}

function nameAxes(context) {
  const {x, y, sx, sy, h, ratio, left, bottom, wide, tall} = placed;
  context.fillStyle = style('--ink-soft');
  context.font = 11 * ratio + 'px sans-serif';
  context.textBaseline = 'middle';
  for (const [at, text] of ticks(x, sx, wide < 420 * ratio ? 3 : 6)) {
    context.textAlign = at < 0.1 ? 'left' : at > 0.9 ? 'right' : 'center';
    context.fillText(cut(text, 14), left + at * wide, h - bottom / 2);
  }
  context.textAlign = 'right';
  for (const [at, text] of ticks(y, sy, 8)) context.fillText(cut(text, 10), left - 6 * ratio, h - bottom - at * tall);
  // Axis names, in the corners.
  context.strokeStyle = style('--paper');
  context.lineWidth = 4 * ratio;
  for (const [text, align, across, up] of [[x.name + ' →', 'right', left + wide, h - bottom - 9 * ratio], ['↑ ' + y.name, 'left', left + 2 * ratio, (MARGIN.top + 5) * ratio]]) {
    context.textAlign = align;
    context.strokeText(cut(text, 42), across, up);
    context.fillText(cut(text, 42), across, up);
  }
}

// Cells for the readout, across and up.
const SPOTS = [30, 20];

function readPlane(across, up) {
  const {x, y, sx, sy} = plane(), canvas = $('plane'), wide = canvas.clientWidth, tall = canvas.clientHeight;
  const at = (spot, of, size, before, after) => [spot, spot + 1].map(edge => (edge / of * size - before) / (size - before - after));
  const [left, right] = at(across, SPOTS[0], wide, MARGIN.left, MARGIN.right), [low, high] = at(SPOTS[1] - 1 - up, SPOTS[1], tall, MARGIN.bottom, MARGIN.top);
  if (right <= 0 || high <= 0 || left >= 1 || low >= 1 || !x.values.length || !y.values.length) return '';
  const px = places(x, sx), py = places(y, sy);
  let all = 0, inside = 0;
  for (let row = 0; row < table.rows; row++) {
    const a = px[x.codes[row]], b = py[y.codes[row]];
    if (!(a >= left && a < right && b >= low && b < high)) continue;
    all++;
    if (selected && selected[row]) inside++;
  }
  const near = (column, scale, from, to) => column.name + ' near ' + cut(shown(column, valueAt(column, scale, (Math.max(0, from) + Math.min(1, to)) / 2)), 30);
  return near(x, sx, left, right) + ', ' + near(y, sy, low, high) + ': ' + held(all, inside);
}

// The plot without the selection shape, so that moving the shape does not redraw rows.
let bare = null;

function paintPlane() {
  sized($('plane'));
  const {at, w, h, ratio} = spotsNow(), spots = inSelection(at);
  let drawn = 0;
  for (const spot of at) if (spot >= 0) drawn++;
  bare ||= document.createElement('canvas');
  bare.width = w; bare.height = h;
  const context = bare.getContext('2d');
  paintRows(context, spots, drawn);
  nameAxes(context);
  if (tint) drawNumbers(context, spots, w, ratio);
  drawShape();
}

// Copying also makes the plot printable: pixels set one by one are not printed.
function drawShape() {
  if (!bare) return;
  const context = $('plane').getContext('2d'), {w, h, left, bottom, wide, tall} = spotsNow();
  context.clearRect(0, 0, w, h);
  context.drawImage(bare, 0, 0);
  if (!shape) return;
  context.strokeStyle = style('--ink'); context.lineWidth = 2; context.setLineDash([6, 4]);
  context.beginPath();
  shape.forEach(([a, b], at) => context[at ? 'lineTo' : 'moveTo'](left + a * wide, h - bottom - b * tall));
  context.closePath(); context.stroke(); context.setLineDash([]);
}

function drawPlane() {
  const {x, y, sx, sy} = plane();
  if (!x || !y) return;
  later($('plane'), paintPlane);
  const px = places(x, sx), py = places(y, sy);
  let drawn = 0;
  for (let row = 0; row < table.rows; row++) if (px[x.codes[row]] >= 0 && py[y.codes[row]] >= 0) drawn++;
  const ends = (column, scale) => !column.values.length ? 'no values' : column.text ? count(column.values.length) + (column.patterns ? ' patterns' : ' values') + ' in alphabetical order'
    : shown(column, 0) + ' to ' + shown(column, column.values.length - 1);
  $('plane-says').textContent = count(drawn) + ' of ' + count(table.rows) + ' rows have both values' + (tint ? ', coloured by ' + tint.name : '') + '. x axis: ' + x.name + ', ' + ends(x, sx)
    + scaled(x, sx) + '. y axis: ' + y.name + ', ' + ends(y, sy) + scaled(y, sy) + '.';
  $('plane').setAttribute('aria-label', 'Rows by ' + x.name + ' and ' + y.name);
}

const scaled = (column, scale) => column.text ? '' : ' (' + scale + (scale === 'log' && column.values[0] <= 0 ? ', values of zero or less at the lower end' : '') + ')';

function within(points, a, b) {
  let inside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [xi, yi] = points[i], [xj, yj] = points[j];
    if ((yi > b) !== (yj > b) && a < (xj - xi) * (b - yi) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

// About the selection: conditions that hold for exactly its rows (null if only a list can say it), the columns it uses,
// and its origin if that is not a column.
let conditions = [], about = [], origin = '';

function selectRows(next, holds, columns, from = '') {
  conditions = holds; about = columns; origin = from;
  setSelection(next);
}

function selectShape(rectangle) {
  const {x, y, sx, sy} = plane(), px = places(x, sx), py = places(y, sy);
  const box = [0, 1].map(axis => [Math.min(...shape.map(p => p[axis])), Math.max(...shape.map(p => p[axis]))]);
  const next = new Uint8Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const cx = x.codes[row], cy = y.codes[row];
    if (cx === NONE || cy === NONE) continue;
    const a = px[cx], b = py[cy];
    if (a < box[0][0] || a > box[0][1] || b < box[1][0] || b > box[1][1] ) continue;
    next[row] = rectangle || within(shape, a, b) ? 1 : 0;
  }
  // A rectangle becomes conditions; a freehand selection becomes a list of rows.
  const said = [[x, px, box[0]], [y, py, box[1]]].map(([column, at, ends]) => range(column, at, ends));
  selectRows(next, rectangle && said.every(one => one) ? said.flat() : null, [...named(x), ...named(y)]);
  // Show the limits of a rectangle, so that they can be edited.
  untype();
  if (rectangle) said.forEach((holds, at) => {
    for (const [, op, value] of holds || []) for (const end of op === '==' ? ['from', 'to'] : [op === '>=' ? 'from' : 'to']) $((at ? 'y-' : 'x-') + end).value = value;
  });
}

// Conditions for exactly the values between two places of an axis; null if there are none: patterns and shortened texts
// are not values.
function range(column, at, [from, to]) {
  let low = -1, high = -1;
  for (let code = 0; code < at.length; code++) if (at[code] >= from && at[code] <= to) { if (low < 0) low = code; high = code; }
  if (low < 0 || column.patterns || column.made) return null;
  if (column.text && [low, high].some(code => column.values[code].endsWith('…'))) return null;
  if (low === high && (column.text || column.kind === 'flag')) return [[column, '==', written(column, low)]];
  const last = column.values.length - 1, conditions = [];
  // Rows without a value are not selected, and a condition leaves them out.
  if (low > 0 || high === last && column.codes.includes(NONE)) conditions.push([column, '>=', bound(column, low, -1)]);
  if (high < last) conditions.push([column, '<=', bound(column, high, 1)]);
  return column.kind === 'flag' && conditions.length ? null : conditions;
}

// A value; for the mean of a bin, the middle between it and the next value on that side.
function bound(column, code, side) {
  const next = code + side, {values} = column;
  if (column.text || column.exact === values.length || next < 0 || next >= values.length) return written(column, code);
  return asWritten(column, (values[code] + values[next]) / 2);
}

function setSelection(next) {
  selected = next; chosen = 0;
  if (selected) for (const one of selected) chosen += one;
  picked = selected ? new Uint32Array(chosen) : everyRow;
  if (selected) for (let row = 0, at = 0; row < table.rows; row++) if (selected[row]) picked[at++] = row;
  if (!selected) { shape = null; conditions = []; about = []; origin = ''; untype(); }
  $('selected').textContent = selected ? count(chosen) + ' of ' + rows(table.rows) + ' selected (' + share(chosen / table.rows) + ')' : 'No rows selected; all rows are shown.';
  $('clear').disabled = !selected;
  for (const id of ['rows', 'claim']) $(id).disabled = !selected || !chosen;
  drawAll();
}

