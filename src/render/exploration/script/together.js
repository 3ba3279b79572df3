// Rows that agree in the columns of a key.

function drawSame() {
  const names = [...$('key').selectedOptions].map(option => table.columns[option.value]);
  const told = $('same');
  if (!names.length) { told.textContent = 'Choose one or more columns.'; return; }
  const groups = new Map();
  for (let row = 0; row < table.rows; row++) {
    const key = names.map(column => column.texts ? column.texts[row] : column.codes[row]).join('\u0001');
    groups.set(key, (groups.get(key) || 0) + 1);
  }
  let repeated = 0, alike = 0, most = 0;
  for (const n of groups.values()) if (n > 1) { repeated++; alike += n; most = Math.max(most, n); }
  told.textContent = count(groups.size) + ' different; ' + (repeated ? count(repeated) + ' of them stand in more than one row (' + rows(alike) + ', at most ' + count(most) + ' alike).' : 'each in one row.')
    + (names.some(column => column.patterns) ? ' Long texts are compared by their first 60 characters.' : '');
}

