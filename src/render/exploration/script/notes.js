// Notes.

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

