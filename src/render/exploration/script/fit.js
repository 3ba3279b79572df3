// k-means on the first components.

// Each start runs a few rounds; the best one runs until it converges.
const FIT_ROWS = 5000, STARTS = 5, ROUNDS = 40, MOST_ROUNDS = 500;

// A fixed seed: the same request gives the same clusters.
function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const squared = (axes, row, centre) => { let sum = 0; for (let at = 0; at < axes.length; at++) { const d = axes[at][row] - centre[at]; sum += d * d; } return sum; };

function nearest(axes, row, centres) {
  let best = 0, least = Infinity;
  centres.forEach((centre, at) => { const far = squared(axes, row, centre); if (far < least) { least = far; best = at; } });
  return [best, least];
}

// k-means++: further rows are more likely as the next start.
function starts(axes, rows, k, roll) {
  const at = row => axes.map(axis => axis[row]);
  const centres = [at(rows[(roll() * rows.length) | 0])];
  while (centres.length < k) {
    const far = rows.map(row => nearest(axes, row, centres)[1]);
    let left = roll() * far.reduce((a, b) => a + b, 0), pick = 0;
    while (pick < rows.length - 1 && (left -= far[pick]) > 0) pick++;
    centres.push(at(rows[pick]));
  }
  return centres;
}

// Lloyd's algorithm, until no row changes its cluster.
function settle(axes, rows, centres, most) {
  const groups = new Int8Array(rows.length).fill(-1);
  let inertia = 0;
  for (let round = 0; round < most; round++) {
    const sums = centres.map(centre => new Float64Array(centre.length + 1));
    let moved = 0;
    inertia = 0;
    rows.forEach((row, nth) => {
      const [group, far] = nearest(axes, row, centres);
      inertia += far;
      axes.forEach((axis, at) => { sums[group][at] += axis[row]; });
      sums[group][axes.length]++;
      if (groups[nth] !== group) { groups[nth] = group; moved++; }
    });
    if (!moved) break;
    centres = centres.map((centre, at) => sums[at][axes.length] ? centre.map((_, i) => sums[at][i] / sums[at][axes.length]) : centre);
  }
  return {centres, inertia};
}

function kmeans(axes, rows, k) {
  const roll = dice(1);
  let best = null;
  for (let start = 0; start < STARTS; start++) {
    const found = settle(axes, rows, starts(axes, rows, k, roll), ROUNDS);
    if (!best || found.inertia < best.inertia) best = found;
  }
  return settle(axes, rows, best.centres, MOST_ROUNDS).centres;
}

function fit() {
  const scaling = space[$('fit-scaling').value], k = Number($('fit-k').value);
  const axes = scoresOf(scaling, 8), step = Math.ceil(table.rows / FIT_ROWS);
  const rows = [];
  for (let row = 0; row < table.rows; row += step) rows.push(row);
  if (rows.length < k) { $('fit-says').textContent = 'There are fewer rows than clusters.'; return; }
  const centres = kmeans(axes, rows, k), groups = new Uint8Array(table.rows), sizes = new Float64Array(k);
  for (let row = 0; row < table.rows; row++) { groups[row] = nearest(axes, row, centres)[0]; sizes[groups[row]]++; }
  // The largest cluster is first.
  const order = [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a] || a - b), place = new Uint8Array(k);
  order.forEach((group, at) => { place[group] = at; });
  const how = k + ' clusters by k-means on the first ' + axes.length + ' components (' + share(scaling.shares.slice(0, 8).reduce((a, b) => a + b, 0))
    + ' of the variance) of ' + scaling.name;
  fitted = {name: 'k-means clusters', how, groups: groups.map(group => place[group]), names: order.map((_, at) => 'cluster ' + (at + 1)), from: scaling.loadings.map(part => table.columns[part.position])};
  let option = [...$('tint').options].find(one => one.value === 'fitted');
  if (!option) { option = make('option', 'k-means clusters', $('tint')); option.value = 'fitted'; }
  $('tint').value = 'fitted';
  // Clusters are seen best on the first two components.
  const at = $('fit-scaling').value;
  if (scaling.shares.length > 1) { put('x', at + '/0'); put('y', at + '/1'); }
  setTint();
  const says = $('fit-says');
  says.textContent = how + ': ' + order.map(group => count(sizes[group])).join(', ') + ' rows. ';
  make('a', 'The scatter plot', says).href = '#plane-part';
  says.append(scaling.shares.length > 1 ? ' now shows the first two components, coloured by cluster. ' : ' is now coloured by cluster. ', 'k-means returns as many clusters as you ask for, from any table.');
}

function beginFit() {
  if (!$('fit')) return;
  space.forEach((scaling, at) => { make('option', scaling.name, $('fit-scaling')).value = at; });
  $('fit').disabled = !space.length;
  $('fit').addEventListener('click', fit);
}

