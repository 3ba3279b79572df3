'use strict';
// A table in a page: drawn, brushed and compared here, with no library and nothing fetched. Whatever is in the
// table is text: it is set as textContent or drawn, never parsed.
(() => {
const NONE = 65535;
const $ = id => document.getElementById(id);
const make = (tag, text, parent) => {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
};
const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const count = n => Math.round(n).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
const share = x => !isFinite(x) ? '–' : x === 0 ? '0 %' : x === 1 ? '100 %' : x < 0.001 ? '<0.1 %' : x > 0.999 ? '>99.9 %' : (100 * x).toFixed(1) + ' %';
const number = x => {
  if (!isFinite(x)) return '–';
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-4 || size >= 1e12)) return x.toExponential(2).replace('-', '−');
  const shown = size >= 1e3 || Number.isInteger(x) ? count(size) : String(Number(size.toPrecision(4)));
  return (x < 0 ? '−' : '') + shown;
};
const rows = n => n === 1 ? '1 row' : count(n) + ' rows';
const pad = n => String(n).padStart(2, '0');
const moment = ms => {
  const day = new Date(ms);
  if (isNaN(day)) return '–';
  const date = day.getUTCFullYear() + '-' + pad(day.getUTCMonth() + 1) + '-' + pad(day.getUTCDate());
  const rest = ms % 864e5;
  return rest === 0 ? date : date + 'T' + pad(day.getUTCHours()) + ':' + pad(day.getUTCMinutes()) + ':' + pad(day.getUTCSeconds());
};

async function unpack(text) {
  if (!text) return new ArrayBuffer(0);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer();
}

let table, selected = null, chosen = 0, shape = null;

async function load() {
  const raw = JSON.parse($('table').textContent);
  const columns = await Promise.all(raw.columns.map(async one => {
    const codes = new Uint16Array(await unpack(one.codes));
    const packed = await unpack(one.values);
    const text = one.kind === 'text';
    const values = !text ? new Float64Array(packed) : one.exact ? new TextDecoder().decode(packed).split('\n') : [];
    const texts = one.masks ? new TextDecoder().decode(await unpack(one.texts)).split('\n') : null;
    return {name: one.name, kind: one.kind, codes, values, texts, text, masks: one.masks, places: {}};
  }));
  const numbers = raw.numbers ? new Uint32Array(await unpack(raw.numbers)) : null;
  return {rows: raw.rows, of: raw.of, numbers, columns};
}

const shown = (column, code) => code === NONE ? 'missing'
  : column.text ? column.values[code]
  : column.kind === 'timestamp' ? moment(column.values[code])
  : column.kind === 'flag' ? String(column.values[code] === 1) : number(column.values[code]);
const cell = (column, row) => column.texts ? column.texts[row] : shown(column, column.codes[row]);

// Where each value of a dictionary stands on an axis, from 0 to 1; NaN where it has no place.
function places(column, scale) {
  if (column.places[scale]) return column.places[scale];
  const size = column.values.length;
  const at = new Float64Array(size);
  if (column.text || scale === 'rank') {
    const counts = new Float64Array(size);
    for (const code of column.codes) if (code !== NONE) counts[code]++;
    let below = 0, all = counts.reduce((a, b) => a + b, 0) || 1;
    for (let code = 0; code < size; code++) {
      at[code] = column.text ? (code + 0.5) / size : (below + counts[code] / 2) / all;
      below += counts[code];
    }
  } else {
    const turn = scale === 'log' ? Math.log : x => x;
    const turned = Float64Array.from(column.values, x => scale === 'log' && x <= 0 ? NaN : turn(x));
    let low = Infinity, high = -Infinity;
    for (const x of turned) if (isFinite(x)) { low = Math.min(low, x); high = Math.max(high, x); }
    for (let code = 0; code < size; code++) at[code] = high > low ? (turned[code] - low) / (high - low) : isNaN(turned[code]) ? NaN : 0.5;
    column.ends = column.ends || {};
    column.ends[scale] = [low, high];
  }
  return column.places[scale] = at;
}

// What stands at a place of an axis, in words and as a value.
function valueAt(column, scale, place) {
  const at = places(column, scale);
  let best = 0;
  for (let code = 1; code < at.length; code++) if (Math.abs(at[code] - place) < Math.abs(at[best] - place)) best = code;
  return best;
}

function sized(canvas) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio)), height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  return canvas.getContext('2d');
}

const colour = text => {
  const found = /^#(..)(..)(..)$/.exec(text);
  return found ? found.slice(1).map(part => parseInt(part, 16)) : [0, 114, 178];
};

// ---------------------------------------------------------------- two columns

const plane = () => ({x: table.columns[$('x').value], y: table.columns[$('y').value], sx: $('sx').value, sy: $('sy').value});

function drawPlane() {
  const canvas = $('plane'), context = sized(canvas), {x, y, sx, sy} = plane();
  if (!x || !y) return;
  const px = places(x, sx), py = places(y, sy);
  const w = canvas.width, h = canvas.height, edge = 6;
  const all = new Uint32Array(w * h), inside = selected ? new Uint32Array(w * h) : null;
  let drawn = 0;
  for (let row = 0; row < table.rows; row++) {
    const cx = x.codes[row], cy = y.codes[row];
    if (cx === NONE || cy === NONE) continue;
    const fx = px[cx], fy = py[cy];
    if (!(fx >= 0) || !(fy >= 0)) continue;
    const at = (h - 1 - Math.round(edge + fy * (h - 2 * edge - 1))) * w + Math.round(edge + fx * (w - 2 * edge - 1));
    all[at]++;
    if (inside && selected[row]) inside[at]++;
    drawn++;
  }
  const dot = drawn > 20000 ? 0 : drawn > 3000 ? 1 : 2;
  const image = context.createImageData(w, h), quiet = colour(style('--tone-quiet')), first = colour(style('--tone-first')), second = colour(style('--tone-alarm'));
  const paint = (counts, tone, base) => {
    let most = 1;
    for (const n of counts) if (n > most) most = n;
    const full = Math.log1p(most);
    for (let at = 0; at < counts.length; at++) {
      if (!counts[at]) continue;
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
  paint(all, inside ? quiet : first, 90);
  if (inside) paint(inside, second, 150);
  context.clearRect(0, 0, w, h);
  context.putImageData(image, 0, 0);
  if (shape) {
    context.strokeStyle = style('--ink'); context.lineWidth = 2; context.setLineDash([6, 4]);
    context.beginPath();
    shape.forEach(([a, b], at) => context[at ? 'lineTo' : 'moveTo'](edge + a * (w - 2 * edge), h - edge - b * (h - 2 * edge)));
    context.closePath(); context.stroke(); context.setLineDash([]);
  }
  const ends = (column, scale) => !column.values.length ? 'no value' : column.text ? count(column.values.length) + (column.masks ? ' patterns' : ' values') + ' in alphabetical order'
    : shown(column, firstPlaced(column, scale)) + ' to ' + shown(column, column.values.length - 1);
  $('plane-says').textContent = count(drawn) + ' of ' + count(table.rows) + ' rows have both. Across: ' + x.name + ', ' + ends(x, sx)
    + scaled(x, sx) + '. Up: ' + y.name + ', ' + ends(y, sy) + scaled(y, sy) + '.';
  canvas.setAttribute('aria-label', 'Rows by ' + x.name + ' and ' + y.name);
}

const scaled = (column, scale) => column.text ? '' : ' (' + scale + (scale === 'log' && column.values[0] <= 0 ? ', zero and less left out' : '') + ')';
const firstPlaced = (column, scale) => { const at = places(column, scale); for (let code = 0; code < at.length; code++) if (!isNaN(at[code])) return code; return NONE; };

function within(points, a, b) {
  let inside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [xi, yi] = points[i], [xj, yj] = points[j];
    if ((yi > b) !== (yj > b) && a < (xj - xi) * (b - yi) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

let conditions = [], about = [];

function selectShape(rectangle) {
  const {x, y, sx, sy} = plane(), px = places(x, sx), py = places(y, sy);
  const box = [0, 1].map(axis => [Math.min(...shape.map(p => p[axis])), Math.max(...shape.map(p => p[axis]))]);
  const next = new Uint8Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const cx = x.codes[row], cy = y.codes[row];
    if (cx === NONE || cy === NONE) continue;
    const a = px[cx], b = py[cy];
    if (a < box[0][0] || a > box[0][1] || b < box[1][0] || b > box[1][1] || isNaN(a) || isNaN(b)) continue;
    next[row] = rectangle || within(shape, a, b) ? 1 : 0;
  }
  // What a rectangle holds can be said in words; a lasso becomes a list of rows.
  conditions = rectangle ? [[x, px, box[0]], [y, py, box[1]]].flatMap(([column, at, ends]) => range(column, at, ends)) : null;
  about = [x, y];
  setSelection(next);
}

const firstOf = at => { for (let code = 0; code < at.length; code++) if (!isNaN(at[code])) return code; return -1; };
const lastOf = at => { for (let code = at.length - 1; code >= 0; code--) if (!isNaN(at[code])) return code; return -1; };

// The conditions of the values between two places of an axis.
function range(column, at, [from, to]) {
  let low = -1, high = -1;
  for (let code = 0; code < at.length; code++) if (at[code] >= from && at[code] <= to) { if (low < 0) low = code; high = code; }
  if (low < 0) return [];
  const first = firstOf(at), last = lastOf(at);
  if (low === first && high === last) return [];
  if (low === high && (column.text || column.kind === 'flag')) return [[column, '==', written(column, low)]];
  const conditions = [];
  if (low > first) conditions.push([column, '>=', written(column, low)]);
  if (high < last) conditions.push([column, '<=', written(column, high)]);
  return conditions;
}

function setSelection(next) {
  selected = next; chosen = 0;
  if (selected) for (const one of selected) chosen += one;
  if (!selected) { shape = null; conditions = []; about = []; untype(); }
  $('selected').textContent = selected ? count(chosen) + ' of ' + rows(table.rows) + ' selected (' + share(chosen / table.rows) + ')' : 'No row is selected: all are shown.';
  for (const id of ['clear', 'rows', 'claim']) $(id).disabled = !selected || !chosen;
  drawAll();
}

// ---------------------------------------------------------------- every column, all rows beside the selected

const CELLS = 40;
const cards = [];

function binned(column, scale) {
  const at = places(column, scale === 'log' && column.values[0] <= 0 ? 'linear' : scale), all = new Float64Array(CELLS), inside = new Float64Array(CELLS);
  for (let row = 0; row < table.rows; row++) {
    const code = column.codes[row];
    if (code === NONE || isNaN(at[code])) continue;
    const bin = Math.min(CELLS - 1, (at[code] * CELLS) | 0);
    all[bin]++;
    if (selected && selected[row]) inside[bin]++;
  }
  return {all, inside};
}

function drawCards() {
  const scale = $('scale').value;
  for (const {canvas, column, told} of cards) {
    told.textContent = scale === 'log' && !column.text && column.values[0] <= 0 ? ' (linear: not all above zero)' : '';
    const context = sized(canvas), w = canvas.width, h = canvas.height, {all, inside} = binned(column, scale);
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
}

// ---------------------------------------------------------------- the selection against the rest

function moments(column, rows) {
  let n = 0, sum = 0, squares = 0;
  for (let row = 0; row < table.rows; row++) {
    const code = column.codes[row];
    if (code === NONE || !rows(row)) continue;
    const value = column.values[code];
    n++; sum += value; squares += value * value;
  }
  const mean = sum / n;
  return {n, mean, variance: Math.max(0, squares / n - mean * mean)};
}

function shares(column) {
  const counts = [new Float64Array(column.values.length + 1), new Float64Array(column.values.length + 1)], all = [0, 0];
  for (let row = 0; row < table.rows; row++) {
    const side = selected[row] ? 0 : 1, code = column.codes[row];
    counts[side][code === NONE ? column.values.length : code]++;
    all[side]++;
  }
  return counts.map((one, side) => one.map(n => n / (all[side] || 1)));
}

function against() {
  const body = $('against');
  body.replaceChildren();
  if (!selected || !chosen || chosen === table.rows) {
    const row = make('tr', undefined, body);
    const told = make('td', 'Select some of the rows to compare them with the rest.', row);
    told.colSpan = 4;
    return;
  }
  const lines = table.columns.map(column => {
    if (!column.text && column.kind !== 'flag') {
      const one = moments(column, row => selected[row]), other = moments(column, row => !selected[row]);
      const spread = Math.sqrt((one.variance + other.variance) / 2);
      const apart = spread > 0 ? (one.mean - other.mean) / spread : NaN;
      const told = column.kind === 'timestamp' ? moment : number;
      return {column, what: 'mean', one: told(one.mean), other: told(other.mean), apart, shown: isFinite(apart) ? (apart < 0 ? '−' : '+') + Math.abs(apart).toFixed(2) + ' SD' : '–'};
    }
    const [one, other] = shares(column);
    let most = 0;
    if (column.kind === 'flag') most = Math.max(0, column.values.indexOf(1));
    else for (let at = 0; at < one.length; at++) if (Math.abs(one[at] - other[at]) > Math.abs(one[most] - other[most])) most = at;
    const points = one[most] - other[most], spread = Math.sqrt((one[most] * (1 - one[most]) + other[most] * (1 - other[most])) / 2);
    const apart = spread > 0 ? points / spread : points ? Infinity : 0;
    const level = most === column.values.length ? 'missing' : shown(column, most);
    return {column, what: 'share of ' + level, one: share(one[most]), other: share(other[most]), apart, shown: (points < 0 ? '−' : '+') + (100 * Math.abs(points)).toFixed(1) + ' points'};
  });
  if ($('order').value === 'apart') lines.sort((a, b) => (Math.abs(b.apart) || 0) - (Math.abs(a.apart) || 0));
  for (const line of lines) {
    const row = make('tr', undefined, body);
    const name = make('th', line.column.name, row);
    name.scope = 'row';
    make('span', ' ' + line.what, name).className = 'soft';
    for (const text of [line.one, line.other, line.shown]) make('td', text, row).className = 'number';
  }
}

// ---------------------------------------------------------------- time

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function drawTime() {
  const column = table.columns[$('time').value];
  if (!column) return;
  const week = new Float64Array(168), days = new Map();
  let counted = 0;
  const of = column.values;
  const hours = Int16Array.from(of, ms => { const hour = Math.floor(ms / 36e5); return ((((Math.floor(hour / 24) + 3) % 7) + 7) % 7) * 24 + ((hour % 24) + 24) % 24; });
  for (let row = 0; row < table.rows; row++) {
    const code = column.codes[row];
    if (code === NONE || selected && !selected[row]) continue;
    week[hours[code]]++;
    const day = Math.floor(of[code] / 864e5);
    days.set(day, (days.get(day) || 0) + 1);
    counted++;
  }
  const canvas = $('week'), context = sized(canvas), w = canvas.width, h = canvas.height, most = Math.max(1, ...week);
  context.clearRect(0, 0, w, h);
  const tone = style(selected ? '--tone-alarm' : '--tone-first');
  context.fillStyle = tone;
  let top = 0;
  for (let at = 0; at < 168; at++) {
    context.globalAlpha = week[at] / most;
    context.fillRect(at % 24 * w / 24, ((at / 24) | 0) * h / 7, w / 24 - 1, h / 7 - 1);
    if (week[at] > week[top]) top = at;
  }
  context.globalAlpha = 1;
  const strip = $('days'), line = sized(strip), keys = [...days.keys()].sort((a, b) => a - b);
  line.clearRect(0, 0, strip.width, strip.height);
  if (!counted) { $('time-says').textContent = 'No row has this time.'; return; }
  const from = Math.floor(of[0] / 864e5), to = Math.floor(of[of.length - 1] / 864e5), high = Math.max(...days.values());
  line.fillStyle = tone;
  for (const day of keys) {
    const tall = strip.height * days.get(day) / high;
    line.fillRect((day - from) / (to - from + 1) * strip.width, strip.height - tall, Math.max(1, strip.width / (to - from + 1)), tall);
  }
  $('time-says').textContent = (selected ? rows(counted) + ' selected, from ' : rows(counted) + ' from ') + moment(keys[0] * 864e5) + ' to ' + moment(keys[keys.length - 1] * 864e5)
    + ', at most ' + count(high) + ' a day; most on ' + DAYS[(top / 24) | 0] + ' from ' + pad(top % 24) + ':00 (' + count(week[top]) + ').';
}

// ---------------------------------------------------------------- missing together, and the same under a key

function drawMissing() {
  const holes = table.columns.filter(column => column.codes.includes(NONE));
  const body = $('together');
  body.replaceChildren();
  if (!holes.length) { make('li', 'No cell is empty.', body); return; }
  const kept = holes.slice(0, 30), patterns = new Map();
  for (let row = 0; row < table.rows; row++) {
    if (selected && !selected[row]) continue;
    let mask = 0;
    kept.forEach((column, at) => { if (column.codes[row] === NONE) mask += 2 ** at; });
    patterns.set(mask, (patterns.get(mask) || 0) + 1);
  }
  const all = selected ? chosen : table.rows;
  [...patterns].sort((a, b) => b[1] - a[1]).slice(0, 8).forEach(([mask, rows]) => {
    const names = kept.filter((_, at) => Math.floor(mask / 2 ** at) % 2).map(column => column.name);
    make('li', share(rows / all) + ' of rows: ' + (names.length ? names.join(', ') + ' missing' : 'nothing missing'), body);
  });
}

function drawSame() {
  const names = [...$('key').selectedOptions].map(option => table.columns[option.value]);
  const told = $('same');
  if (!names.length) { told.textContent = 'Choose one or more columns.'; return; }
  const groups = new Map();
  for (let row = 0; row < table.rows; row++) {
    const key = names.map(column => column.texts ? column.texts[row] : column.codes[row]).join('\u0001');
    groups.set(key, (groups.get(key) || 0) + 1);
  }
  let repeated = 0, alike = 0, most = 0;
  for (const n of groups.values()) if (n > 1) { repeated++; alike += n; most = Math.max(most, n); }
  told.textContent = count(groups.size) + ' different; ' + (repeated ? count(repeated) + ' of them stand in more than one row (' + rows(alike) + ', at most ' + count(most) + ' alike).' : 'each in one row.')
    + (names.some(column => column.masks) ? ' Long texts are compared by their first 60 characters.' : '');
}

// ---------------------------------------------------------------- notes

const quoted = text => '"' + text.replace(/[\\"]/g, '\\$&').replace(/[\u0000-\u001f\u007f]/g, ' ') + '"';
const written = (column, code) => column.text ? column.values[code] : column.kind === 'timestamp' ? moment(column.values[code]) : column.kind === 'flag' ? String(column.values[code] === 1)
  : column.kind === 'whole' ? String(Math.round(column.values[code])) : String(Number(column.values[code].toPrecision(8)));
let kept = 0, lists = {};

function saveClaim() {
  const says = $('says').value.trim();
  if (!says) { $('saved').textContent = 'Say first what you see in these rows.'; $('says').focus(); return; }
  const id = idColumn(), part = chosen / table.rows;
  let where;
  if (conditions && conditions.length) where = 'where = [' + conditions.map(([column, op, value]) => quoted(column.name + ' ' + op + ' ' + value)).join(', ') + ']';
  else {
    const file = 'claim-' + (kept + 1) + '-rows.csv';
    lists[file] = rowList(id);
    where = 'where = ' + quoted(file);
  }
  kept++;
  const claim = '[[claim]]\nsays = ' + quoted(says) + '\nkind = "selection"\ncolumns = [' + [...new Set(about.map(column => column.name))].map(quoted).join(', ')
    + ']\n[claim.evidence]\nstat = "share"\n' + where + '\nvalue = ' + part.toPrecision(6) + '\ntolerance = ' + Math.max(part / 10, 0.0001).toPrecision(2) + '\n';
  // What was written there by hand stays.
  $('notes').value = ($('notes').value.trim() + '\n\n' + claim).trim() + '\n';
  $('says').value = '';
  $('save').disabled = false;
  $('saved').textContent = 'Claim ' + kept + ' is written below.';
}

// The column that names rows: the first whose values all differ, else the row's number.
const idColumn = () => table.columns.find(column => column.text && (column.texts ? new Set(column.texts).size : column.values.length) === table.rows);

function rowList(id) {
  const field = text => /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  const lines = [id ? field(id.name) : 'row'];
  for (let row = 0; row < table.rows; row++) if (selected[row]) lines.push(id ? field(cell(id, row)) : String((table.numbers ? table.numbers[row] : row) + 1));
  return lines.join('\n') + '\n';
}

function download(name, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {type: 'text/plain'}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// ---------------------------------------------------------------- together

function drawAll() { drawPlane(); drawCards(); against(); drawTime(); drawMissing(); }

function choices(select, columns, at) {
  for (const column of columns) { const option = make('option', column.name, select); option.value = table.columns.indexOf(column); }
  if (columns[at]) select.value = table.columns.indexOf(columns[at]);
}

function brushing() {
  const canvas = $('plane');
  let from = null;
  const place = event => {
    const box = canvas.getBoundingClientRect(), edge = 6 / Math.min(window.devicePixelRatio || 1, 2);
    const at = (value, size) => Math.min(1.01, Math.max(-0.01, (value - edge) / (size - 2 * edge)));
    return [at(event.clientX - box.left, box.width), at(box.bottom - event.clientY, box.height)];
  };
  canvas.addEventListener('pointerdown', event => { from = place(event); shape = [from]; canvas.setPointerCapture(event.pointerId); event.preventDefault(); });
  canvas.addEventListener('pointermove', event => {
    if (!from) return;
    const to = place(event);
    if ($('lasso').checked) shape.push(to); else shape = [from, [to[0], from[1]], to, [from[0], to[1]]];
    drawPlane();
  });
  canvas.addEventListener('pointerup', () => {
    if (!from) return;
    from = null;
    if (shape.length < 3) setSelection(null); else selectShape(!$('lasso').checked);
  });
  canvas.addEventListener('pointercancel', () => { from = null; });
}

const ENDS = ['x-from', 'x-to', 'y-from', 'y-to'];
const untype = () => { for (const id of ENDS) $(id).value = ''; };

// A typed end as a value of its column: text as it is, a flag as 0 or 1, a time in milliseconds (the last of a day
// that is the upper end); NaN where it is none.
function typedEnd(column, text, upper) {
  if (column.text) return text;
  if (column.kind === 'flag') return {true: 1, false: 0}[text.toLowerCase()] ?? NaN;
  if (column.kind !== 'timestamp') return Number(text.replace('−', '-'));
  const day = /^\d{4}-\d\d-\d\d$/.test(text);
  const at = Date.parse(day || /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : text.replace(' ', 'T') + 'Z');
  return day && upper ? at + 864e5 - 1 : at;
}

// For who has no pointer: from and to, as the column says it.
function selectTyped() {
  const {x, y} = plane();
  const ends = ENDS.map((id, at) => [at < 2 ? x : y, $(id).value.trim(), at % 2 === 1]).filter(([, text]) => text);
  if (!ends.length) { $('selected').textContent = 'Give at least one end.'; return; }
  const tests = ends.map(([column, text, upper]) => [column, upper, typedEnd(column, text, upper), text]);
  const none = tests.find(([column, , value]) => !column.text && isNaN(value));
  if (none) { $('selected').textContent = none[3] + ' is no value of ' + none[0].name + '.'; return; }
  const next = new Uint8Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    next[row] = tests.every(([column, upper, value]) => {
      const code = column.codes[row];
      if (code === NONE) return false;
      const own = column.texts ? column.texts[row] : column.values[code];
      return upper ? own <= value : own >= value;
    }) ? 1 : 0;
  }
  shape = null;
  conditions = tests.map(([column, upper, , text]) => [column, upper ? '<=' : '>=', text]);
  about = [...new Set(tests.map(([column]) => column))];
  setSelection(next);
}

async function begin() {
  table = await load();
  const ordered = table.columns.filter(column => !column.text && column.kind !== 'flag' && column.kind !== 'timestamp' && column.values.length > 1);
  const axes = ordered.length > 1 ? ordered : [...ordered, ...table.columns.filter(column => !ordered.includes(column))];
  choices($('x'), table.columns, table.columns.indexOf(axes[0]));
  choices($('y'), table.columns, table.columns.indexOf(axes[1] || axes[0]));
  choices($('key'), table.columns, -1);
  const times = table.columns.filter(column => column.kind === 'timestamp');
  choices($('time'), times, 0);
  $('times').hidden = !times.length;
  for (const column of table.columns) {
    const card = make('button', undefined, $('cards'));
    card.type = 'button';
    const told = make('small', undefined, make('span', column.name, card));
    const canvas = make('canvas', undefined, card);
    canvas.setAttribute('aria-hidden', 'true');
    card.title = 'Put ' + column.name + ' across';
    card.addEventListener('click', () => { $('x').value = table.columns.indexOf(column); shape = null; untype(); drawPlane(); });
    cards.push({canvas, column, told});
  }
  for (const id of ['x', 'y', 'sx', 'sy']) $(id).addEventListener('change', () => { shape = null; untype(); drawPlane(); });
  $('scale').addEventListener('change', drawCards);
  $('order').addEventListener('change', against);
  $('time').addEventListener('change', drawTime);
  $('key').addEventListener('change', drawSame);
  $('typed').addEventListener('click', selectTyped);
  $('clear').addEventListener('click', () => setSelection(null));
  $('rows').addEventListener('click', () => download('rows.csv', rowList(idColumn())));
  $('claim').addEventListener('click', saveClaim);
  $('save').addEventListener('click', () => { download('claims.toml', $('notes').value); for (const [name, text] of Object.entries(lists)) download(name, text); });
  $('notes').addEventListener('input', () => { $('save').disabled = !$('notes').value.trim(); });
  window.addEventListener('resize', drawAll);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  brushing();
  $('closer').hidden = false;
  $('waiting').hidden = true;
  setSelection(null);
  drawSame();
  document.documentElement.dataset.ready = 'yes';
}

begin().catch(why => { $('waiting').textContent = 'This part of the page could not be opened: ' + why.message; });
})();
