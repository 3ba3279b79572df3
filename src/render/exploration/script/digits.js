// Last digits of numbers in their shortest decimal form.

// Larger whole numbers are not exact.
const LARGEST = Number.MAX_SAFE_INTEGER;

function ending(value) {
  const [mantissa, power = 0] = String(Math.abs(value)).split('e'), [, after = ''] = mantissa.split('.');
  return {decimals: Math.max(0, after.length - power), digit: Number(mantissa.slice(-1))};
}

// Rows by last digit, and by number of decimals; `covered` counts rows whose value is known exactly.
function endings(column, rows) {
  const found = column.endings ||= Array.from(column.values, (value, code) => (column.own && !column.own[code]) || Math.abs(value) > LARGEST ? null : ending(value));
  const digits = new Float64Array(10), decimals = new Map();
  let valued = 0, covered = 0;
  for (const row of rows) {
    const code = column.codes[row];
    if (code === NONE) continue;
    valued++;
    const one = found[code];
    if (!one) continue;
    covered++;
    digits[one.digit]++;
    decimals.set(one.decimals, (decimals.get(one.decimals) || 0) + 1);
  }
  return {digits, decimals, valued, covered};
}

function decimalWords({decimals, covered}) {
  const parts = [...decimals].sort((a, b) => a[0] - b[0]).map(([n, of]) => count(n) + ' in ' + share(of / covered));
  return parts.length > 10 ? parts.slice(0, 10).join(', ') + ', …' : parts.join(', ');
}

let ends = null;

function drawDigits(column) {
  const numeric = column.kind === 'real' || column.kind === 'whole', told = $('digits-say');
  ends = numeric ? {all: column.ended ||= endings(column, everyRow), inside: selected ? endings(column, picked) : null} : null;
  // If most values are means of bins, their digits mean nothing.
  const enough = numeric && ends.all.covered > 0 && ends.all.covered >= ends.all.valued / 2;
  $('digits-part').hidden = !enough;
  if (!enough) {
    told.textContent = !numeric ? '' : ends.all.valued ? 'Last digits are not shown: this page has only ' + share(ends.all.covered / ends.all.valued) + ' of the values of ' + column.name + ' at full precision.' : 'No values.';
    ends = null;
    return;
  }
  const {all, inside} = ends;
  later($('digits'), digitBars);
  told.textContent = 'Last digits of ' + rows(all.covered) + (all.covered < all.valued ? ', ' + share(all.covered / all.valued) + ' of those with a value (this page has the others only as means of similar values)' : '')
    + '. Decimals: ' + decimalWords(all) + (inside && inside.covered ? '; of the selected rows: ' + decimalWords(inside) : '')
    + (all.decimals.size > all.decimals.has(0) ? '. Zeros at the end of decimals are not counted, so a last digit of 0 means a whole number.' : '.');
  $('digits').setAttribute('aria-label', 'Rows by last digit of ' + column.name);
}

function digitBars() {
  if (!ends) return;
  const {all, inside} = ends, canvas = $('digits'), context = sized(canvas), w = canvas.width, h = canvas.height, ratio = w / (canvas.clientWidth || w);
  const of = (one, digit) => one && one.covered ? one.digits[digit] / one.covered : 0, foot = h - 34 * ratio, tall = foot - 4 * ratio, step = w / 10;
  let most = 0;
  for (let digit = 0; digit < 10; digit++) most = Math.max(most, of(all, digit), of(inside, digit));
  context.clearRect(0, 0, w, h);
  context.font = 11 * ratio + 'px sans-serif';
  context.textAlign = 'center';
  for (let digit = 0; digit < 10; digit++) {
    const left = digit * step + step * 0.15, wide = step * 0.7, high = part => part ? Math.max(2, tall * part / most) : 0;
    context.fillStyle = style(selected ? '--tone-quiet' : '--tone-first');
    context.fillRect(left, foot - high(of(all, digit)), wide, high(of(all, digit)));
    if (inside && inside.covered) { context.fillStyle = style('--tone-alarm'); context.fillRect(left, foot - high(of(inside, digit)) - ratio, wide, 3 * ratio); }
    context.fillStyle = style('--ink-soft');
    context.fillText(String(digit), left + wide / 2, h - 20 * ratio);
    context.fillText(share(of(all, digit)), left + wide / 2, h - 5 * ratio);
  }
}

function readDigits(digit) {
  const {all, inside} = ends, of = one => rows(one.digits[digit]) + ' (' + share(one.digits[digit] / one.covered) + ')';
  return 'Last digit ' + digit + ': ' + of(all) + (inside && inside.covered ? ', of the selected ' + of(inside) : '');
}

