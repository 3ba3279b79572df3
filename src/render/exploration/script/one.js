// One column in detail.

const COMMON = 8;
const valueWords = (column, code) => column.text || column.kind === 'flag' || column.kind === 'timestamp' ? shown(column, code) : written(column, code).replace('-', '−');

// The most frequent values, with a test for their rows. Means of bins are not values.
function frequent(column) {
  if (column.frequent) return column.frequent;
  const {codes, own, texts, values} = column;
  let counts = new Map();
  if (texts) { for (let row = 0; row < table.rows; row++) if (codes[row] !== NONE) counts.set(texts[row], (counts.get(texts[row]) || 0) + 1); }
  else {
    const all = new Float64Array(values.length);
    for (const code of codes) if (code !== NONE && (!own || own[code])) all[code]++;
    counts = new Map([...all.entries()].filter(([, n]) => n));
  }
  const order = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, COMMON);
  const top = order.map(([value, all]) => texts ? {name: value, value, all, hit: row => codes[row] !== NONE && texts[row] === value}
    : {name: valueWords(column, value), value: written(column, value), all, hit: row => codes[row] === value});
  return column.frequent = {different: counts.size, top};
}

function drawCommon(column) {
  const {different, top} = frequent(column), time = timeColumns().length ? table.columns[$('one-time').value] : null;
  // If all values are unique, the list would be a list of rows.
  const telling = top.length && (top[0].all > 1 || different === 1), told = $('common-says');
  strips($('common'), telling ? top.map(({name, value, all, hit}) => {
    let inside = 0;
    if (selected) for (const row of picked) if (hit(row)) inside++;
    const told = share(all / table.rows) + (selected ? ', selected ' + share(inside / chosen) : '');
    // A shortened text is not a value.
    const holds = column.text && value.endsWith('…') ? null : [[column, '==', value]];
    return {name, hit, told, press: () => { shape = null; untype(); selectRows(Uint8Array.from(everyRow, row => hit(row) ? 1 : 0), holds, [column]); }};
  }) : [], telling ? time : null);
  if (!telling) { told.textContent = top.length ? 'No value of ' + column.name + (column.own ? ' that is stored exactly' : '') + ' occurs twice.' : 'No values.'; return; }
  const held = top.reduce((sum, one) => sum + one.all, 0);
  told.textContent = (different > COMMON ? 'The ' + COMMON + ' most frequent of ' + count(different) + ' distinct values' + (column.own ? ' that are stored exactly' : '') + ' make up ' : different === 1 ? 'One value makes up ' : count(different) + ' distinct values make up ')
    + share(held / table.rows) + ' of ' + rows(table.rows) + '.' + (time ? ' ' + stripped(time) : '') + (column.patterns ? ' Long texts are compared by their first 60 characters.' : '');
}

function drawOne() {
  const column = table.columns[$('one').value];
  if (!column) return;
  drawCurve(column);
  drawDigits(column);
  drawCommon(column);
}

function scaleOne() {
  const column = table.columns[$('one').value];
  if (column && $('one-scale').value !== 'rank') $('one-scale').value = ownScale(column);
}

function beginOne() {
  choices($('one'), table.columns, table.columns.indexOf(plane().x));
  choices($('one-time'), timeColumns(), 0);
  $('one-time-part').hidden = !timeColumns().length;
  $('one').addEventListener('change', scaleOne);
  scaleOne();
  for (const id of ['one', 'one-scale', 'one-time']) $(id).addEventListener('change', drawOne);
  for (const {canvas, column} of cards) canvas.parentNode.addEventListener('click', () => { $('one').value = table.columns.indexOf(column); scaleOne(); drawOne(); });
  readout($('curve'), $('curve'), $('curve-reads'), () => [CURVE_STEPS, 1], step => curve ? readCurve(step) : '');
  readout($('digits'), $('digits'), $('digits-read'), () => [10, 1], digit => ends ? readDigits(digit) : '');
}

views.push({begin: beginOne, draw: drawOne});

