'use strict';
// The table of the page: plotted, selected and compared without a library and without fetching anything. Table contents
// are only set as textContent or drawn, never parsed as HTML.
(() => {
const NONE = 65535;
const $ = id => document.getElementById(id);
const make = (tag, text, parent) => {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
};
// Names may break after underscores.
const spell = (text, parent) => { for (const part of text.split(/(?<=_)/)) parent.append(part, document.createElement('wbr')); };
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
// The numbers of the selected rows, or of all.
let picked, everyRow;
// Parts of the page that begin and draw by themselves.
const views = [];

async function load() {
  const raw = JSON.parse($('table').textContent);
  const columns = await Promise.all(raw.columns.map(async (one, nth) => {
    const codes = new Uint16Array(await unpack(one.codes));
    const packed = await unpack(one.values);
    const text = one.kind === 'text';
    const values = !text ? new Float64Array(packed) : one.exact ? new TextDecoder().decode(packed).split('\n') : [];
    const texts = one.patterns ? new TextDecoder().decode(await unpack(one.texts)).split('\n') : null;
    // Which values are exact, and the exact time of each row if times are binned; null if all values are exact.
    const own = one.exact_flags ? new Uint8Array(await unpack(one.exact_flags)) : null;
    const moments = one.row_times ? new Float64Array(await unpack(one.row_times)) : null;
    // Later columns are not in the file.
    const beside = raw.own_columns !== undefined && nth >= raw.own_columns;
    return {name: one.name, kind: one.kind, log: !!one.log, beside, codes, values, texts, text, patterns: one.patterns, exact: one.exact, own, moments, places: {}};
  }));
  const numbers = raw.row_numbers ? new Uint32Array(await unpack(raw.row_numbers)) : null;
  everyRow = Uint32Array.from({length: raw.rows}, (_, row) => row);
  return {rows: raw.rows, of: raw.table_rows, numbers, columns};
}

const shown = (column, code) => code === NONE ? 'missing'
  : column.text ? column.values[code]
  : column.kind === 'timestamp' ? moment(column.values[code])
  : column.kind === 'flag' ? String(column.values[code] === 1) : number(column.values[code]);
const cell = (column, row) => column.texts ? column.texts[row] : shown(column, column.codes[row]);

// Where values of zero or less are on a log scale: at the lower end, this far from the others.
const LOWER = 0.08;
const lower = (column, scale) => scale === 'log' && column.values[0] <= 0 ? LOWER : 0;
// The scale that suits the values of a column.
const ownScale = column => column.log ? 'log' : 'linear';

// The place of each distinct value on an axis, from 0 to 1.
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
    const place = placing(column, scale);
    for (let code = 0; code < size; code++) at[code] = place(column.values[code]);
  }
  return column.places[scale] = at;
}

// The place of a number on a linear or log scale.
function placing(column, scale) {
  const turn = scale === 'log' ? Math.log : x => x, from = lower(column, scale);
  let low = Infinity, high = -Infinity;
  for (const x of column.values) if (scale !== 'log' || x > 0) { low = Math.min(low, turn(x)); high = Math.max(high, turn(x)); }
  return x => scale === 'log' && x <= 0 ? 0 : high > low ? from + (1 - from) * (turn(x) - low) / (high - low) : 0.5;
}

// The value at a place of an axis; the last of several.
function valueAt(column, scale, place) {
  const at = places(column, scale);
  let best = 0;
  for (let code = 1; code < at.length; code++) if (Math.abs(at[code] - place) <= Math.abs(at[best] - place)) best = code;
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

