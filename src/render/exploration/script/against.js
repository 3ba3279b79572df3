// Selected rows compared with the rest.

// How often each value occurs in the selected rows and in the others; the last place counts missing values.
function sides(column) {
  const {codes, values: {length}} = column, counts = [new Float64Array(length + 1), new Float64Array(length + 1)];
  for (let row = 0; row < table.rows; row++) counts[1 - selected[row]][Math.min(length, codes[row])]++;
  return counts;
}

function moments(values, counts) {
  let n = 0, sum = 0, squares = 0;
  for (let at = 0; at < values.length; at++) if (counts[at]) { n += counts[at]; sum += counts[at] * values[at]; squares += counts[at] * values[at] * values[at]; }
  const mean = sum / n;
  return {n, mean, variance: Math.max(0, squares / n - mean * mean)};
}

function against() {
  const body = $('against');
  body.replaceChildren();
  if (!selected || !chosen || chosen === table.rows) {
    const row = make('tr', undefined, body);
    const told = make('td', 'Select rows to compare them with the rest.', row);
    told.colSpan = 4;
    return;
  }
  const lines = table.columns.map(column => {
    if (!column.text && column.kind !== 'flag') {
      const [one, other] = sides(column).map(counts => moments(column.values, counts));
      const spread = Math.sqrt((one.variance + other.variance) / 2);
      const apart = spread > 0 ? (one.mean - other.mean) / spread : NaN;
      const told = column.kind === 'timestamp' ? ms => moment(ms).slice(0, 10) : number;
      return {column, what: 'mean', one: told(one.mean), other: told(other.mean), apart, shown: isFinite(apart) ? (apart < 0 ? '−' : '+') + Math.abs(apart).toFixed(2) + ' SD' : '–'};
    }
    const [one, other] = sides(column).map((counts, side) => counts.map(n => n / (side ? table.rows - chosen : chosen)));
    let most = 0;
    if (column.kind === 'flag') most = Math.max(0, column.values.indexOf(1));
    else for (let at = 0; at < one.length; at++) if (Math.abs(one[at] - other[at]) > Math.abs(one[most] - other[most])) most = at;
    const points = one[most] - other[most], spread = Math.sqrt((one[most] * (1 - one[most]) + other[most] * (1 - other[most])) / 2);
    const apart = spread > 0 ? points / spread : points ? Infinity : 0;
    const level = most === column.values.length ? 'missing' : shown(column, most);
    return {column, what: 'share of ' + level, one: share(one[most]), other: share(other[most]), apart, shown: (points < 0 ? '−' : '+') + (100 * Math.abs(points)).toFixed(1) + ' points'};
  });
  if ($('order').value === 'apart') lines.sort((a, b) => (Math.abs(b.apart) || 0) - (Math.abs(a.apart) || 0));
  for (const line of lines) {
    const row = make('tr', undefined, body);
    const name = make('th', undefined, row);
    name.scope = 'row';
    spell(line.column.name, make('span', undefined, name));
    make('span', ' ' + line.what, name).className = 'soft';
    for (const text of [line.one, line.other, line.shown]) make('td', text, row).className = 'number';
  }
}

