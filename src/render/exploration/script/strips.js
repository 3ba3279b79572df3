// Shares over time, one small strip each.

const DAY = 864e5;

// The days or weeks of a time: how many, and in which each of its values is. A placeholder far out would leave no
// room for the others: where the whole is much longer than the middle 98 %, it is that (−1 for what lies outside).
function calendar(column) {
  if (column.calendar) return column.calendar;
  const {values} = column, rank = places(column, 'rank'), last = values.length - 1;
  let low = 0, high = last;
  while (low < last && rank[low] < 0.01) low++;
  while (high > low && rank[high] > 0.99) high--;
  if (values[last] - values[0] <= 2 * (values[high] - values[low])) { low = 0; high = last; }
  const days = last < 0 ? 0 : (values[high] - values[low]) / DAY;
  const length = days <= 42 ? 1 : days <= 1820 ? 7 : Math.max(28, Math.ceil(days / 1000));
  // Weeks begin on Mondays; the first day of 1970 was a Thursday.
  const spot = ms => Math.floor((Math.floor(ms / DAY) + 3) / length), from = last < 0 ? 0 : spot(values[low]);
  const at = Int32Array.from(values, (ms, code) => code < low || code > high ? -1 : spot(ms) - from);
  const unit = length === 1 ? 'day' : length === 7 ? 'week' : length + ' days';
  return column.calendar = {unit, at, size: last < 0 ? 0 : spot(values[high]) - from + 1, start: bin => moment(((from + bin) * length - 3) * DAY)};
}

// In which bin of a time each row is (−1 for none), of the selected ones where there are some; how many in each.
function binRows(time) {
  const {at, size} = calendar(time), bins = new Int32Array(picked.length).fill(-1), of = new Float64Array(size);
  picked.forEach((row, nth) => {
    const code = time.codes[row];
    if (code !== NONE && at[code] >= 0) of[bins[nth] = at[code]]++;
  });
  return {bins, of};
}

function hitsIn({bins, of}, hit) {
  const hits = new Float64Array(of.length);
  for (let nth = 0; nth < bins.length; nth++) if (bins[nth] >= 0 && hit(picked[nth])) hits[bins[nth]]++;
  return hits;
}

function highest(of, hits) {
  let top = -1;
  for (let bin = 0; bin < of.length; bin++) if (of[bin] && (top < 0 || hits[bin] / of[bin] > hits[top] / of[top])) top = bin;
  return top;
}

function drawStrip(canvas, of, hits, top) {
  const context = sized(canvas), w = canvas.width, h = canvas.height, most = hits[top] / of[top], tone = style(selected ? '--tone-alarm' : '--tone-first'), quiet = style('--tone-quiet');
  context.clearRect(0, 0, w, h);
  for (let bin = 0; bin < of.length; bin++) {
    if (!of[bin]) continue;
    const left = Math.floor(w * bin / of.length), wide = Math.max(1, Math.floor(w * (bin + 1) / of.length) - left - (w > 3 * of.length ? 1 : 0)), tall = Math.max(2, (h - 1) * hits[bin] / of[bin] / most);
    // A thin line where there are rows tells none of them from no rows.
    context.fillStyle = hits[bin] ? tone : quiet;
    context.fillRect(left, hits[bin] ? h - tall : h - 1, wide, hits[bin] ? tall : 1);
  }
}

// A list: what it is (its rows are selected by pressing it, where it can be pressed), its share, along the time, and
// where that is highest.
function strips(list, entries, time) {
  list.replaceChildren();
  const rowBins = time && binRows(time), drawn = [];
  for (const {name, told, hit, press} of entries) {
    const line = make('li', undefined, list);
    const named = make(press ? 'button' : 'span', name, line);
    named.className = 'name';
    if (press) { named.type = 'button'; named.title = 'Select these rows'; named.addEventListener('click', press); }
    make('span', told, line).className = 'shown';
    if (!time) continue;
    const {of} = rowBins, hits = hitsIn(rowBins, hit), top = highest(of, hits), canvas = make('canvas', undefined, line);
    const most = top >= 0 && hits[top] ? 'peak ' + share(hits[top] / of[top]) + ' of ' + rows(of[top]) + ', ' : 'none', day = most === 'none' ? '' : calendar(time).start(top);
    const where = make('span', most, line);
    where.className = 'most';
    if (day) make('time', day, where);
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', name + ' by ' + calendar(time).unit + ': ' + most + day);
    drawn.push([canvas, of, hits, top]);
  }
  // Drawn when all are in place, so that the page is laid out once.
  inOne(() => { for (const one of drawn) later(one[0], () => drawStrip(...one)); });
}

// One sentence about all strips.
function stripped(time) {
  const {unit, at, size, start} = calendar(time);
  if (!size) return 'No row has ' + time.name + '.';
  let none = 0, outside = 0;
  for (const row of picked) {
    if (time.codes[row] === NONE) none++; else if (at[time.codes[row]] < 0) outside++;
  }
  return 'Each strip shows the share of ' + (selected ? 'selected ' : '') + 'rows from ' + start(0) + ' to ' + start(size - 1) + ' by ' + unit + ' of ' + time.name + ', scaled to its own peak' + (none ? '; ' + rows(none) + ' without a time' : '') + (outside ? '; ' + rows(outside) + ' far outside this range not shown' : '') + '.';
}

const timeColumns = () => table.columns.filter(column => column.kind === 'timestamp');

