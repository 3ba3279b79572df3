// Missing together, and the same under a key.

function drawMissing() {
  const holes = table.columns.filter(column => column.codes.includes(NONE));
  const body = $('together');
  body.replaceChildren();
  if (!holes.length) { make('li', 'No cell is empty.', body); return; }
  const kept = holes.slice(0, 30), patterns = new Map();
  for (let row = 0; row < table.rows; row++) {
    if (selected && !selected[row]) continue;
    let mask = 0;
    kept.forEach((column, at) => { if (column.codes[row] === NONE) mask += 2 ** at; });
    patterns.set(mask, (patterns.get(mask) || 0) + 1);
  }
  const all = selected ? chosen : table.rows;
  [...patterns].sort((a, b) => b[1] - a[1]).slice(0, 8).forEach(([mask, rows]) => {
    const names = kept.filter((_, at) => Math.floor(mask / 2 ** at) % 2).map(column => column.name);
    make('li', share(rows / all) + ' of rows: ' + (names.length ? names.join(', ') + ' missing' : 'nothing missing'), body);
  });
}

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
    + (names.some(column => column.masks) ? ' Long texts are compared by their first 60 characters.' : '');
}

