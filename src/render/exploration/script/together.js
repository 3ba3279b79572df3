// Rows with equal values in the chosen columns.

function drawSame() {
  const names = [...$('key').selectedOptions].map(option => table.columns[option.value]);
  const result = $('same');
  if (!names.length) { result.textContent = 'Choose one or more columns.'; return; }
  const groups = new Map();
  for (let row = 0; row < table.rows; row++) {
    const key = names.map(column => column.texts ? column.texts[row] : column.codes[row]).join('\u0001');
    groups.set(key, (groups.get(key) || 0) + 1);
  }
  let repeated = 0, alike = 0, most = 0;
  for (const n of groups.values()) if (n > 1) { repeated++; alike += n; most = Math.max(most, n); }
  result.textContent = count(groups.size) + ' distinct combinations; ' + (repeated ? count(repeated) + ' occur more than once (' + rows(alike) + ' in all, at most ' + count(most) + ' each).' : 'each occurs once.')
    + (names.some(column => column.patterns) ? ' Long texts are compared by their first 60 characters.' : '');
}

