// Missing values: together, over time, by category. More values can be counted as missing.

let nulls = [];
const MOST_HOLES = 30, MOST_LEVELS = 30, PATTERNS = 8;

function readNulls() {
  const texts = new Set($('nulls').value.split(',').map(text => text.trim()).filter(Boolean));
  nulls = [...texts].map(text => ({text, number: Number(text.replace('−', '-')), cells: 0, columns: 0}));
  for (const column of table.columns) column.gone = null;
}

// The index of the listed value that this one equals, or −1: numbers as numbers, times as shown, text as either.
function nullAt(column, value) {
  if (column.kind === 'flag') return nulls.findIndex(one => one.text.toLowerCase() === String(value === 1));
  if (column.kind === 'timestamp') return nulls.findIndex(one => one.text === moment(value) || /^\d{4}-\d\d-\d\dT/.test(one.text) && typedEnd(column, one.text, false) === value);
  const text = column.text ? value.trim() : null, own = text === null ? value : text === '' ? NaN : Number(text);
  return nulls.findIndex(one => one.text === text || one.number === own);
}

// The rows without a value, and how many they are.
function gone(column) {
  if (column.gone) return column.gone;
  const missing = new Uint8Array(table.rows), found = new Float64Array(nulls.length);
  const hits = nulls.length && !column.texts ? Array.from(column.values, (value, code) => column.own && !column.own[code] ? -1 : nullAt(column, value)) : null;
  let cells = 0;
  for (let row = 0; row < table.rows; row++) {
    const code = column.codes[row];
    const hit = code === NONE || !nulls.length ? -1 : hits ? hits[code] : nullAt(column, column.texts[row]);
    if (code !== NONE && hit < 0) continue;
    missing[row] = 1;
    cells++;
    if (hit >= 0) found[hit]++;
  }
  nulls.forEach((one, at) => { one.cells += found[at]; one.columns += found[at] > 0 ? 1 : 0; });
  return column.gone = {missing: cells ? missing : null, cells};
}

function drawMissing() {
  const holes = table.columns.filter(column => gone(column).cells), kept = holes.slice(0, MOST_HOLES);
  $('nulls-say').textContent = nulls.length ? 'Also counted as missing: '
    + nulls.map(one => '“' + cut(one.text, 30) + '” ' + (one.cells ? count(one.cells) + (one.cells === 1 ? ' cell in ' : ' cells in ') + (one.columns === 1 ? '1 column' : count(one.columns) + ' columns') : 'not found')).join(', ') + '.' : '';
  for (const id of ['holes-part', 'levels-part']) $(id).hidden = !holes.length;
  drawTogether(kept, holes.length);
  if (!holes.length) return;
  drawAlong(kept);
  drawLevels(kept);
}

function drawTogether(kept, holes) {
  const body = $('together'), patterns = new Map(), all = selected ? chosen : table.rows;
  body.replaceChildren();
  if (!holes) { make('li', 'No values are missing.', body); $('together-says').textContent = ''; return; }
  const missing = kept.map(column => column.gone.missing), bits = kept.map((_, at) => 2 ** at);
  for (const row of picked) {
    let mask = 0;
    for (let at = 0; at < missing.length; at++) if (missing[at][row]) mask += bits[at];
    patterns.set(mask, (patterns.get(mask) || 0) + 1);
  }
  for (const [mask, rows] of [...patterns].sort((a, b) => b[1] - a[1]).slice(0, PATTERNS)) {
    const names = kept.filter((_, at) => Math.floor(mask / 2 ** at) % 2).map(column => column.name);
    make('li', share(rows / all) + ' of rows: ' + (names.length ? names.join(', ') + ' missing' : 'nothing missing'), body);
  }
  $('together-says').textContent = 'Values are missing in ' + count(holes) + ' of ' + (table.columns.length === 1 ? '1 column' : count(table.columns.length) + ' columns') + (holes > kept.length ? ' (the first ' + kept.length + ' are shown)' : '')
    + '; ' + (patterns.size === 1 ? 'one combination' : count(patterns.size) + ' combinations') + ' in ' + (selected ? rows(chosen) + ' selected' : rows(table.rows)) + (patterns.size > PATTERNS ? ', the ' + PATTERNS + ' most frequent listed' : '') + '.';
}

function missingShare(column) {
  if (!selected) return gone(column).cells / table.rows;
  const {missing} = column.gone;
  let n = 0;
  for (const row of picked) n += missing[row];
  return n / chosen;
}

function drawAlong(kept) {
  const time = timeColumns().length ? table.columns[$('holes-time').value] : null;
  strips($('holes'), kept.map(column => ({name: column.name, told: share(missingShare(column)), hit: (missing => row => missing[row])(column.gone.missing)})), time);
  $('holes-say').textContent = 'Share of ' + (selected ? 'selected ' : '') + 'rows without a value in each column. ' + (time ? stripped(time) : 'The table has no time column.');
}

const leveled = column => !column.patterns && !column.own && column.kind !== 'timestamp' && column.values.length > 0 && column.values.length <= MOST_LEVELS;

function drawLevels(kept) {
  const of = table.columns[$('levels-of').value], body = $('levels');
  body.replaceChildren();
  if (!of) { $('levels-say').textContent = 'No column has 1 to ' + MOST_LEVELS + ' distinct values.'; return; }
  // Its own holes are the last level.
  const columns = kept.filter(column => column !== of), size = of.values.length + 1, all = new Float64Array(size), holes = columns.map(() => new Float64Array(size));
  const levelOf = row => Math.min(size - 1, of.codes[row]);
  for (const row of picked) all[levelOf(row)]++;
  columns.forEach(({gone: {missing}}, at) => { for (const row of picked) if (missing[row]) holes[at][levelOf(row)]++; });
  const head = make('tr', undefined, make('thead', undefined, body));
  for (const [at, name] of [of.name, 'rows', ...columns.map(column => column.name)].entries()) { const cell = make('th', name, head); cell.scope = 'col'; if (at) cell.className = 'number'; }
  const lines = make('tbody', undefined, body);
  for (let level = 0; level < size; level++) {
    if (level === size - 1 && !all[level]) continue;
    const line = make('tr', undefined, lines);
    make('th', shown(of, level === size - 1 ? NONE : level), line).scope = 'row';
    for (const text of [count(all[level]), ...holes.map(one => share(one[level] / all[level]))]) make('td', text, line).className = 'number';
  }
  $('levels-say').textContent = columns.length ? 'Share of ' + (selected ? 'selected ' : '') + 'rows without a value, by level of ' + of.name + ', in ' + (columns.length === 1 ? columns[0].name : 'each of ' + columns.length + ' columns') + '.'
    : 'No column other than ' + of.name + ' has missing values.';
}

function beginMissing() {
  choices($('holes-time'), timeColumns(), 0);
  choices($('levels-of'), table.columns.filter(leveled), 0);
  for (const id of ['holes-time', 'levels-of']) $(id).closest('.controls').hidden = !$(id).options.length;
  $('nulls').addEventListener('input', () => { readNulls(); drawMissing(); });
  for (const id of ['holes-time', 'levels-of']) $(id).addEventListener('change', drawMissing);
}

views.push({begin: beginMissing, draw: drawMissing});

