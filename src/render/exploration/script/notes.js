// Claims.

const quoted = text => '"' + text.replace(/[\\"]/g, '\\$&').replace(/[\u0000-\u001f\u007f]/g, ' ') + '"';
// All digits, so that a condition holds for the row that it was taken from.
const asWritten = (column, value) => column.kind === 'timestamp' ? (isNaN(new Date(value)) ? String(value) : new Date(value).toISOString().slice(0, 23))
  : column.kind === 'flag' ? String(value === 1) : String(value);
const written = (column, code) => column.text ? column.values[code] : asWritten(column, column.values[code]);
let kept = 0, lists = {};

function saveClaim() {
  const says = $('says').value.trim();
  if (!says) { $('saved').textContent = 'First write your claim about these rows.'; $('says').focus(); return; }
  const foreign = [...new Set(about.filter(column => column.beside).map(column => column.name))];
  if (foreign.length) { $('saved').textContent = 'This selection uses ' + foreign.join(', ') + ', which is not in the delivered table. Select by columns of the table instead.'; return; }
  const id = idColumn(), part = chosen / table.rows;
  let where;
  let file = '';
  if (conditions && conditions.length) where = 'where = [' + conditions.map(([column, op, value]) => quoted(column.name + ' ' + op + ' ' + value)).join(', ') + ']';
  else {
    file = 'claim-' + (kept + 1) + '-rows.csv';
    lists[file] = rowList(id);
    where = 'where = ' + quoted(file);
  }
  kept++;
  const claim = (origin ? '# ' + origin + '\n' : '') + '[[claim]]\nsays = ' + quoted(says) + '\nkind = "selection"\ncolumns = [' + [...new Set(about.map(column => column.name))].map(quoted).join(', ')
    + ']\n[claim.evidence]\nstat = "share"\n' + where + '\nvalue = ' + part.toPrecision(6) + '\ntolerance = ' + Math.max(part / 10, 0.0001).toPrecision(2) + '\n';
  // Keep what was edited by hand.
  $('notes').value = ($('notes').value.trim() + '\n\n' + claim).trim() + '\n';
  $('says').value = '';
  $('save').disabled = false;
  $('saved').textContent = 'Claim ' + kept + ' is added below' + (file ? '; its rows are in ' + file + ', which is saved with it.' : '.');
}

// The first text column whose values are all distinct; none if row numbers are used.
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

