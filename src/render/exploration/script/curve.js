// One column's cumulative curve.

const CURVE = {left: 46, right: 12, top: 8, bottom: 22};

// For each value the share of rows at or below it, of all rows with a value and of the selected ones.
function cumulated(column) {
  const all = new Float64Array(column.values.length), inside = new Float64Array(column.values.length);
  for (let row = 0; row < table.rows; row++) {
    const code = column.codes[row];
    if (code === NONE) continue;
    all[code]++;
    if (selected && selected[row]) inside[code]++;
  }
  return [all, inside].map(counts => {
    let sum = 0;
    for (let code = 0; code < counts.length; code++) counts[code] = sum += counts[code];
    return {rows: sum, shares: counts.map(n => n / (sum || 1))};
  });
}

let curve = null;

function drawCurve(column) {
  const scale = $('one-scale').value, [all, inside] = cumulated(column);
  curve = {column, scale, all, inside};
  $('curve').setAttribute('aria-label', 'Share of rows at or below each value of ' + column.name);
  $('curve-says').textContent = curveSays();
  later($('curve'), paintCurve);
}

function paintCurve() {
  const {column, scale, all, inside} = curve, at = places(column, scale);
  const canvas = $('curve'), context = sized(canvas), w = canvas.width, h = canvas.height, ratio = w / (canvas.clientWidth || w);
  const left = CURVE.left * ratio, wide = w - left - CURVE.right * ratio, foot = h - CURVE.bottom * ratio, tall = foot - CURVE.top * ratio;
  context.clearRect(0, 0, w, h);
  context.font = 11 * ratio + 'px sans-serif';
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    context.fillStyle = style('--rule');
    context.fillRect(left, foot - part * tall, wide, 1);
    context.fillStyle = style('--ink-soft');
    context.fillText(100 * part + ' %', left - 6 * ratio, foot - part * tall);
  }
  for (const [place, text] of ticks(column, scale, canvas.clientWidth < 480 ? 3 : 6)) {
    context.textAlign = place < 0.1 ? 'left' : place > 0.9 ? 'right' : 'center';
    context.fillText(cut(text, 14), left + place * wide, h - CURVE.bottom / 2 * ratio);
  }
  const line = ({rows, shares}, tone) => {
    if (!rows) return;
    context.strokeStyle = style(tone); context.lineWidth = 2 * ratio;
    context.beginPath();
    let before = null;
    for (let code = 0; code < at.length; code++) {
      if (isNaN(at[code])) continue;
      const x = left + at[code] * wide, under = before ?? (code ? shares[code - 1] : 0);
      if (before === null) context.moveTo(left, foot - under * tall);
      context.lineTo(x, foot - under * tall);
      context.lineTo(x, foot - shares[code] * tall);
      before = shares[code];
    }
    if (before !== null) context.lineTo(left + wide, foot - before * tall);
    context.stroke();
  };
  line(all, selected ? '--tone-quiet' : '--tone-first');
  if (selected) line(inside, '--tone-alarm');
}

// The quartiles in words.
function quarters({rows, shares}) {
  const {column} = curve, words = column.text ? ' at or before ' : ' at or below ';
  if (!rows) return '';
  const quartiles = [[0.25, 'a quarter'], [0.5, 'half'], [0.75, 'three quarters']].map(([part, name]) =>
    name + words + cut(shown(column, shares.findIndex(share => share >= part - 1e-12)), 40));
  return '; ' + quartiles.join(', ');
}

function curveSays() {
  const {column, scale, all, inside} = curve;
  return column.name + scaled(column, scale) + ': ' + count(all.rows) + ' of ' + rows(table.rows) + ' have a value' + quarters(all)
    + (!all.rows ? '' : column.patterns ? '; texts are grouped by pattern' : column.text ? '; in alphabetical order' : '') + '.'
    + (selected ? ' Of the selected rows, ' + count(inside.rows) + ' of ' + count(chosen) + ' have a value' + quarters(inside) + '.' : '');
}

// In steps of the picture's width, the margins left out.
const CURVE_STEPS = 100;

function readCurve(step) {
  const {column, scale, all, inside} = curve, canvas = $('curve');
  if (!all.rows) return '';
  const place = ((step + 0.5) / CURVE_STEPS * canvas.clientWidth - CURVE.left) / (canvas.clientWidth - CURVE.left - CURVE.right), code = valueAt(column, scale, place);
  return 'At or ' + (column.text ? 'before ' : 'below ') + cut(shown(column, code), 40) + ': ' + share(all.shares[code]) + ' of rows'
    + (selected && inside.rows ? ', ' + share(inside.shares[code]) + ' of selected rows' : '');
}

