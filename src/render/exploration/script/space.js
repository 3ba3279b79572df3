// Principal components, as axes of the plot.

let space = [];
const components = new Map();

// Scores of all rows on the first components of a scaling, from its loadings.
function scoresOf(scaling, most) {
  const shown = Math.min(most, scaling.shares.length);
  const scores = Array.from({length: shown}, () => new Float64Array(table.rows));
  for (const part of scaling.loadings) {
    const column = table.columns[part.position], shift = part.transform.log;
    const change = value => shift === undefined ? value : Math.log(value + shift);
    const ranks = part.transform === 'rank' ? places(column, 'rank') : null;
    // The middle of all rows has rank one half.
    const hole = ranks ? 0.5 : change(part.fill);
    const standard = Float64Array.from(column.values, (value, code) => {
      const changed = ranks ? ranks[code] : change(value);
      return ((isFinite(changed) ? changed : hole) - part.mean) / part.scale;
    });
    const missing = (hole - part.mean) / part.scale;
    for (let row = 0; row < table.rows; row++) {
      const code = column.codes[row], value = code === NONE ? missing : standard[code];
      for (let at = 0; at < shown; at++) scores[at][row] += part.weights[at] * value;
    }
  }
  return scores;
}

// A column of 8,000 even steps, so that it is drawn and brushed as any other; it is in no file.
const STEPS = 8000;

function stepped(name, scores) {
  let low = Infinity, high = -Infinity;
  for (const score of scores) { low = Math.min(low, score); high = Math.max(high, score); }
  const width = (high - low) / (STEPS - 1) || 1;
  return {
    name, kind: 'real', made: true, text: false, patterns: false, texts: null, exact: STEPS, places: {},
    values: Float64Array.from({length: STEPS}, (_, step) => low + step * width),
    codes: Uint16Array.from(scores, score => Math.round((score - low) / width)),
  };
}

// What an axis shows: a column of the table, or a component (`2/0`: of the third scaling the first).
function axis(id) {
  if (!id.includes('/')) return table.columns[id];
  if (!components.has(id)) {
    const [at, nth] = id.split('/').map(Number), scaling = space[at];
    const column = stepped('component ' + (nth + 1) + ' of ' + scaling.name, scoresOf(scaling, nth + 1)[nth]);
    const weight = part => Math.abs(part.weights[nth]), most = Math.max(...scaling.loadings.map(weight));
    column.from = scaling.loadings.filter(part => weight(part) >= most / 2).map(part => table.columns[part.position]);
    components.set(id, column);
  }
  return components.get(id);
}

// The columns that a claim about an axis names.
const named = column => column.made ? column.from : [column];

function beginSpace() {
  space = JSON.parse($('space').textContent);
  for (const select of [$('x'), $('y')]) space.forEach((scaling, at) => {
    const group = make('optgroup', undefined, select);
    group.label = 'components of ' + scaling.name;
    scaling.shares.forEach((part, nth) => {
      make('option', 'component ' + (nth + 1) + ' of ' + scaling.name + ' (' + share(part) + ')', group).value = at + '/' + nth;
    });
  });
}

