// Colours: by a column, or by k-means clusters.

// Distinguishable without red and green; a number at the middle of each group repeats the colour.
const TINTS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8c6bb1', '#999933', '#882255', '#777777'];
const ON_DARK = ['#3d9be0', '#e3b23c', '#2fbf95', '#dd93c0', '#a6d8f5', '#ff8544', '#b39ddb', '#c8c864', '#d4608f', '#a3a6aa'];
const dark = window.matchMedia('(prefers-color-scheme: dark)'), tones = () => tint && tint.ordered ? dark.matches ? ORDERED_ON_DARK : ORDERED : dark.matches ? ON_DARK : TINTS;
// Ordered groups go from light to dark.
const ORDERED = ['#8fbfe0', '#5a9fd0', '#2f7ab9', '#175a96', '#08306b'], ORDERED_ON_DARK = ['#2f5b86', '#4480b8', '#68a5d9', '#98c9f0', '#d6ecff'];
let tint = null, fitted = null;

// The levels of a column, or its fifths; of many levels the nine most frequent, and the others.
function tintOf(column) {
  const size = column.values.length, counts = new Float64Array(size);
  for (const code of column.codes) if (code !== NONE) counts[code]++;
  const groups = new Uint8Array(table.rows).fill(255);
  const by = (of, names) => {
    for (let row = 0; row < table.rows; row++) if (column.codes[row] !== NONE) groups[row] = of[column.codes[row]];
    return {name: column.name, groups, names};
  };
  if (column.text || size <= TINTS.length) {
    const order = [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b);
    const kept = (size <= TINTS.length ? order : order.slice(0, TINTS.length - 1)).sort((a, b) => a - b);
    const of = new Uint8Array(size).fill(kept.length);
    kept.forEach((code, at) => { of[code] = at; });
    return by(of, kept.map(code => shown(column, code)).concat(size > kept.length ? ['others'] : []));
  }
  const ranks = places(column, 'rank'), of = Uint8Array.from(ranks, rank => Math.min(4, (rank * 5) | 0));
  const names = [0, 1, 2, 3, 4].map(fifth => {
    const from = of.indexOf(fifth), to = of.lastIndexOf(fifth);
    return from < 0 ? '–' : shown(column, from) + ' to ' + shown(column, to);
  });
  return {...by(of, names), ordered: true};
}

function setTint() {
  const id = $('tint').value;
  tint = id === '' ? null : id === 'fitted' ? fitted : tintOf(table.columns[id]);
  const list = $('legend');
  list.replaceChildren();
  if (tint) tint.names.forEach((name, group) => {
    let rows = 0;
    for (const one of tint.groups) if (one === group) rows++;
    if (!rows) return;
    const button = make('button', undefined, make('li', undefined, list));
    button.type = 'button';
    make('span', '', button).style.background = tones()[group];
    make('b', group + 1 + ':', button);
    make('span', ' ' + cut(name, 40) + ' (' + share(rows / table.rows) + ')', button);
    button.title = 'Select these rows';
    button.addEventListener('click', () => selectGroup(group, name));
  });
  let none = 0;
  if (tint) for (const one of tint.groups) if (one === 255) none++;
  if (none) make('li', 'without a value: grey (' + share(none / table.rows) + ')', list);
  drawPlane();
}

// A group of one value becomes a condition; any other becomes a list of rows.
function selectGroup(group, name) {
  shape = null;
  untype();
  const column = tint === fitted ? null : table.columns[$('tint').value];
  const plain = column && !column.patterns && (column.text || column.values.length <= TINTS.length) && name !== 'others' && !name.endsWith('…');
  const code = plain ? column.values.findIndex((_, at) => shown(column, at) === name) : -1;
  selectRows(Uint8Array.from(tint.groups, one => one === group ? 1 : 0), code < 0 ? null : [[column, '==', written(column, code)]],
    column ? [column] : tint.from, column ? '' : name + ' of ' + tint.how);
}

// The group that most rows on each spot have: votes for one are taken from another.
function winners(spots, size) {
  const winner = new Uint8Array(size).fill(255), votes = new Int32Array(size);
  for (let row = 0; row < table.rows; row++) {
    const at = spots[row], group = tint.groups[row];
    if (at < 0 || group === 255) continue;
    if (votes[at] === 0) { winner[at] = group; votes[at] = 1; } else votes[at] += winner[at] === group ? 1 : -1;
  }
  return winner;
}

// A number at the middle of each group, readable without colours.
function drawNumbers(context, spots, w, ratio) {
  context.font = 'bold ' + 14 * ratio + 'px sans-serif';
  context.textAlign = 'center';
  context.lineWidth = 4 * ratio;
  context.strokeStyle = style('--paper');
  context.fillStyle = style('--ink');
  for (let group = 0; group < tint.names.length; group++) {
    const across = [], up = [];
    for (let row = 0; row < table.rows; row++) if (tint.groups[row] === group && spots[row] >= 0) { across.push(spots[row] % w); up.push((spots[row] / w) | 0); }
    if (!across.length) continue;
    const middle = values => Float64Array.from(values).sort()[values.length >> 1];
    const at = [middle(across), middle(up)];
    context.strokeText(group + 1, ...at);
    context.fillText(group + 1, ...at);
  }
}

function beginTint() {
  const select = $('tint');
  make('option', 'nothing', select).value = '';
  choices(select, table.columns, -1);
  select.value = '';
  select.addEventListener('change', setTint);
}

