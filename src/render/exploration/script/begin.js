// Starting the page.

function drawAll() {
  inOne(() => { drawPlane(); drawCards(); against(); drawTime(); for (const view of views) view.draw(); });
}

function choices(select, columns, at) {
  for (const column of columns) { const option = make('option', column.name, select); option.value = table.columns.indexOf(column); }
  if (columns[at]) select.value = table.columns.indexOf(columns[at]);
}

function brushing() {
  const canvas = $('plane');
  let from = null;
  const place = event => {
    const box = canvas.getBoundingClientRect();
    const at = (value, before, after, size) => Math.min(1.01, Math.max(-0.01, (value - before) / (size - before - after)));
    return [at(event.clientX - box.left, MARGIN.left, MARGIN.right, box.width), at(box.bottom - event.clientY, MARGIN.bottom, MARGIN.top, box.height)];
  };
  canvas.addEventListener('pointerdown', event => { from = place(event); shape = [from]; canvas.setPointerCapture(event.pointerId); event.preventDefault(); });
  canvas.addEventListener('pointermove', event => {
    if (!from) return;
    const to = place(event);
    if ($('lasso').checked) shape.push(to); else shape = [from, [to[0], from[1]], to, [from[0], to[1]]];
    drawShape();
  });
  canvas.addEventListener('pointerup', () => {
    if (!from) return;
    from = null;
    if (shape.length < 3) setSelection(null); else selectShape(!$('lasso').checked);
  });
  canvas.addEventListener('pointercancel', () => { from = null; });
}

// Each column starts on its own scale; ranks, once chosen, stay.
function onItsScale(id) {
  const scale = $('s' + id), column = axis($(id).value);
  if (column && scale.value !== 'rank') scale.value = ownScale(column);
}

// Put a column or a component on an axis.
function put(id, value) {
  $(id).value = value;
  onItsScale(id);
  shape = null;
  untype();
}

const ENDS = ['x-from', 'x-to', 'y-from', 'y-to'];
const untype = () => { for (const id of ENDS) $(id).value = ''; };

// A limit as typed, as a value of its column: text unchanged, a flag as 0 or 1, a time in milliseconds (an upper limit
// that is a day includes that day); NaN if it is not a value.
function typedEnd(column, text, upper) {
  if (column.text) return text;
  if (column.kind === 'flag') return {true: 1, false: 0}[text.toLowerCase()] ?? NaN;
  if (column.kind !== 'timestamp') return Number(text.replace('−', '-'));
  const day = /^\d{4}-\d\d-\d\d$/.test(text);
  const at = Date.parse(day || /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : text.replace(' ', 'T') + 'Z');
  return day && upper ? at + 864e5 - 1 : at;
}

// Selection by keyboard: limits in the form of the column.
function selectTyped() {
  const {x, y} = plane();
  const ends = ENDS.map((id, at) => [at < 2 ? x : y, $(id).value.trim(), at % 2 === 1]).filter(([, text]) => text);
  if (!ends.length) { setSelection(null); $('selected').textContent += ' Enter at least one limit.'; return; }
  const tests = ends.map(([column, text, upper]) => [column, upper, typedEnd(column, text, upper), text]);
  const none = tests.find(([column, , value]) => !column.text && isNaN(value));
  if (none) { $('selected').textContent = none[3] + ' is not a value of ' + none[0].name + '.'; return; }
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
  let holds = tests.map(([column, upper, value]) => [column, upper ? '<=' : '>=', column.text ? value : asWritten(column, value)]);
  // From a value to the same is that value.
  const exact = ([column, , value]) => holds.filter(other => other[0] === column && other[2] === value).length > 1;
  holds = holds.filter(one => !exact(one) || one[1] === '>=').map(one => exact(one) ? [one[0], '==', one[2]] : one);
  // Flags have no order, and components are not in the file: their rows are listed.
  if (tests.some(([column]) => column.kind === 'flag' || column.made)) holds = null;
  selectRows(next, holds, [...new Set(tests.flatMap(([column]) => named(column)))]);
}

async function begin() {
  table = await load();
  const ordered = table.columns.filter(column => !column.text && column.kind !== 'flag' && column.kind !== 'timestamp' && column.values.length > 1);
  const axes = ordered.length > 1 ? ordered : [...ordered, ...table.columns.filter(column => !ordered.includes(column))];
  choices($('x'), table.columns, table.columns.indexOf(axes[0]));
  choices($('y'), table.columns, table.columns.indexOf(axes[1] || axes[0]));
  beginSpace();
  for (const id of ['x', 'y']) onItsScale(id);
  beginTint();
  beginFit();
  if ($('key')) choices($('key'), table.columns, -1);
  const times = table.columns.filter(column => column.kind === 'timestamp');
  choices($('time'), times, 0);
  $('time-part').hidden = !times.length;
  for (const column of table.columns) {
    const card = make('button', undefined, $('cards'));
    card.type = 'button';
    const told = make('small', undefined, make('span', column.name, card));
    const canvas = make('canvas', undefined, card);
    canvas.setAttribute('aria-hidden', 'true');
    card.title = 'Use ' + column.name + ' as the x axis';
    card.addEventListener('click', () => { put('x', table.columns.indexOf(column)); drawPlane(); });
    cards.push({canvas, column, told});
  }
  for (const id of ['x', 'y']) $(id).addEventListener('change', () => onItsScale(id));
  for (const id of ['x', 'y', 'sx', 'sy']) $(id).addEventListener('change', () => { shape = null; untype(); drawPlane(); });
  $('scale').addEventListener('change', () => inOne(drawCards));
  $('order').addEventListener('change', against);
  $('time').addEventListener('change', drawTime);
  if ($('key')) $('key').addEventListener('change', drawSame);
  $('typed').addEventListener('click', selectTyped);
  $('clear').addEventListener('click', () => setSelection(null));
  $('rows').addEventListener('click', () => download('rows.csv', rowList(idColumn())));
  $('claim').addEventListener('click', saveClaim);
  $('save').addEventListener('click', () => { download('claims.toml', $('notes').value); for (const [name, text] of Object.entries(lists)) download(name, text); });
  $('notes').addEventListener('input', () => { $('save').disabled = !$('notes').value.trim(); });
  window.addEventListener('resize', drawAll);
  dark.addEventListener('change', () => { setTint(); drawAll(); });
  brushing();
  readout($('plane'), $('plane'), $('plane-reads'), () => SPOTS, readPlane);
  for (const view of views) view.begin();
  beginLater();
  $('closer').hidden = false;
  $('waiting').hidden = true;
  for (const entry of document.querySelectorAll('#contents .opened')) entry.hidden = !!$(entry.firstChild.hash.slice(1)).closest('[hidden]');
  setSelection(null);
  if ($('key')) drawSame();
  document.documentElement.dataset.ready = 'yes';
}

begin().catch(why => { $('waiting').textContent = 'This part of the page could not be loaded: ' + why.message; });
})();

