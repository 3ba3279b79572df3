// The lag between two times of a row.

// Seconds of the units in which a lag is shown, longest first.
const UNITS = [['year', 31557600], ['week', 604800], ['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
const several = (n, unit) => n + ' ' + unit + (n === 1 ? '' : 's');

// A length of time in its longest unit and the one below it.
function length(ms) {
  const seconds = Math.abs(ms) / 1000;
  if (seconds === 0) return '0';
  if (seconds < 1) return several(Math.round(Math.abs(ms)) || Number(Math.abs(ms).toPrecision(2)), 'millisecond');
  let at = UNITS.findIndex(([, size]) => seconds >= size), [unit, size] = UNITS[at];
  if (size === 1) return several(Number(seconds.toPrecision(3)), unit);
  const [small, part] = UNITS[at + 1], parts = Math.round(seconds / part), whole = Math.floor(parts * part / size), rest = Math.round((parts * part - whole * size) / part);
  return several(count(whole) === '1' ? 1 : count(whole), unit) + (rest ? ' ' + several(rest, small) : '');
}
const signed = ms => (ms < 0 ? '−' : '') + length(ms);

// Position of a lag: logarithmic on either side, linear below a second.
const lagPlace = ms => Math.sign(ms) * Math.log10(1 + Math.abs(ms) / 1000);
const lagAt = place => Math.sign(place) * 1000 * (10 ** Math.abs(place) - 1);
const LAG_TICKS = [['1 s', 1], ['10 s', 10], ['1 min', 60], ['10 min', 600], ['1 hour', 3600], ['6 hours', 21600], ['1 day', 86400], ['1 week', 604800], ['1 month', 2629800], ['1 year', 31557600], ['10 years', 315576000], ['100 years', 3155760000]];
const LAG_BINS = 60;

// The lag of every row in milliseconds; NaN where a time is missing.
function lagsOf(from, to) {
  const time = (column, row) => column.moments ? column.moments[row] : column.codes[row] === NONE ? NaN : column.values[column.codes[row]];
  const found = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++) found[row] = time(to, row) - time(from, row);
  return found;
}

// Bins as wide as each other on that scale, zero in one of its own.
function lagBins(found) {
  let low = Infinity, high = -Infinity;
  for (const ms of found) if (!isNaN(ms)) { const place = lagPlace(ms); low = Math.min(low, place); high = Math.max(high, place); }
  if (low > high) return null;
  const step = Math.max((high - low) / LAG_BINS, 0.002), spot = ms => ms === 0 ? 0 : Math.sign(ms) * (1 + Math.floor(Math.abs(lagPlace(ms)) / step));
  const first = spot(lagAt(low) || 0), last = spot(lagAt(high) || 0);
  return {low, high, step, spot, first, last};
}

let lags = null;

function drawLag() {
  if (timeColumns().length < 2) return;
  const from = table.columns[$('lag-from').value], to = table.columns[$('lag-to').value];
  if (!lags || lags.from !== from || lags.to !== to) {
    const found = lagsOf(from, to), bins = lagBins(found);
    lags = {from, to, found, bins, spots: bins ? spotsIn(found, bins) : null, all: [], inside: []};
  }
  const {bins} = lags;
  if (bins) countLags();
  $('lags').setAttribute('aria-label', 'Rows by ' + to.name + ' minus ' + from.name);
  $('lag-says').textContent = lagSays();
  later($('lags'), drawLags);
}

// The bin of every row; −1 where a time is missing.
const spotsIn = (found, {spot, first, last}) => Int16Array.from(found, ms => isNaN(ms) ? -1 : Math.max(0, Math.min(last - first, spot(ms) - first)));

function countLags() {
  const {spots, bins: {first, last}} = lags, size = last - first + 1;
  lags.all = new Float64Array(size);
  lags.inside = new Float64Array(size);
  for (const at of spots) if (at >= 0) lags.all[at]++;
  if (selected) for (const row of picked) if (spots[row] >= 0) lags.inside[spots[row]]++;
}

function drawLags() {
  const canvas = $('lags'), context = sized(canvas);
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (lags.bins) lagBars(canvas, context);
}

// The left end of a bin as a place.
const lagEdge = (bin, step) => bin <= 0 ? bin * step : (bin - 1) * step;

function lagBars(canvas, context) {
  const {all, inside, bins: {first, step}} = lags, w = canvas.width, h = canvas.height, ratio = w / (canvas.clientWidth || w);
  const foot = h - 20 * ratio, wide = w / all.length, total = side => side.reduce((a, b) => a + b, 0) || 1, of = [total(all), total(inside)];
  const tone = style(selected ? '--tone-quiet' : '--tone-first'), second = style('--tone-alarm');
  let most = 0;
  for (let at = 0; at < all.length; at++) most = Math.max(most, all[at] / of[0], inside[at] / of[1]);
  const high = part => part ? Math.max(2, (foot - 4 * ratio) * part / most) : 0;
  for (let at = 0; at < all.length; at++) {
    const tall = high(all[at] / of[0]), line = high(inside[at] / of[1]);
    context.fillStyle = tone;
    context.fillRect(at * wide, foot - tall, Math.max(1, wide - 1), tall);
    context.fillStyle = second;
    if (line) context.fillRect(at * wide, foot - line, Math.max(1, wide - 1), 3 * ratio);
  }
  context.fillStyle = style('--rule');
  context.fillRect(0, foot, w, 1);
  lagTicks(context, foot, w, ratio, place => {
    // A bin is on the left of its numbers below zero and on the right above; zero has one between.
    const bin = place === 0 ? 0.5 : place < 0 ? place / step : place / step + 1;
    return (bin - first) * wide;
  });
}

function lagTicks(context, foot, w, ratio, across) {
  const marks = [['0', 0], ...LAG_TICKS.flatMap(([name, s]) => [[name, s], ['−' + name, -s]])].map(([name, s]) => [name, across(lagPlace(s * 1000))]);
  context.font = 11 * ratio + 'px sans-serif';
  context.fillStyle = style('--ink-soft');
  const taken = [];
  for (const [name, x] of marks) {
    const half = context.measureText(name).width / 2, at = Math.max(half, Math.min(w - half, x));
    if (x < 0 || x > w || taken.some(([from, to]) => at + half > from - 6 * ratio && at - half < to + 6 * ratio)) continue;
    taken.push([at - half, at + half]);
    context.fillRect(Math.min(w - 1, x), foot, 1, 4 * ratio);
    context.textAlign = 'center';
    context.fillText(name, at, foot + 16 * ratio);
  }
}

function lagSays() {
  const {from, to, found} = lags, sorted = found.filter((ms, row) => !isNaN(ms) && (!selected || selected[row])).sort();
  const all = selected ? chosen : table.rows, n = sorted.length;
  if (!n) return 'No ' + (selected ? 'selected row' : 'row') + ' has both times.';
  const before = sorted.findLastIndex(ms => ms < 0) + 1, after = n - sorted.findLastIndex(ms => ms <= 0) - 1, median = (sorted[(n - 1) >> 1] + sorted[n >> 1]) / 2;
  const part = of => count(of) + ' (' + share(of / n) + ')';
  return count(n) + ' of ' + (selected ? count(all) + ' selected rows' : rows(all)) + ' have both times. ' + to.name + ' minus ' + from.name + ' is negative in ' + part(before) + ', zero in ' + part(n - before - after)
    + ', positive in ' + part(after) + '; the median is ' + signed(median) + ', the range from ' + signed(sorted[0]) + ' to ' + signed(sorted[n - 1]) + '.'
    + ([from, to].some(column => column.own && !column.moments) ? ' Times are binned in this page, so lags are approximate.' : '');
}

function readLag(at) {
  const {all, inside, bins: {first, step}} = lags, bin = first + at, edge = lagEdge(bin, step);
  return (bin === 0 ? 'Same time' : 'From ' + signed(lagAt(edge)) + ' to ' + signed(lagAt(edge + step))) + ': ' + held(all[at], inside[at]);
}

function beginLag() {
  const times = timeColumns();
  $('lag-part').hidden = times.length < 2;
  choices($('lag-from'), times, 0);
  choices($('lag-to'), times, 1);
  for (const id of ['lag-from', 'lag-to']) $(id).addEventListener('change', drawLag);
  readout($('lags'), $('lags'), $('lags-read'), () => [lags && lags.bins ? lags.all.length : 1, 1], at => lags && lags.bins ? readLag(at) : '');
}

views.push({begin: beginLag, draw: drawLag});

