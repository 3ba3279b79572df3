// Rows over time.

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
let timeBins = {week: [], days: new Map(), from: 0, to: 0};

function drawTime() {
  const column = table.columns[$('time').value];
  if (!column) return;
  const week = new Float64Array(168), days = new Map();
  let counted = 0;
  const of = column.values;
  const hours = Int16Array.from(of, ms => { const hour = Math.floor(ms / 36e5); return ((((Math.floor(hour / 24) + 3) % 7) + 7) % 7) * 24 + ((hour % 24) + 24) % 24; });
  for (const row of picked) {
    const code = column.codes[row];
    if (code === NONE) continue;
    week[hours[code]]++;
    const day = Math.floor(of[code] / 864e5);
    days.set(day, (days.get(day) || 0) + 1);
    counted++;
  }
  let top = 0;
  for (let at = 0; at < 168; at++) if (week[at] > week[top]) top = at;
  const keys = [...days.keys()].sort((a, b) => a - b), high = Math.max(1, ...days.values());
  timeBins = {week, days, from: counted ? Math.floor(of[0] / 864e5) : 0, to: counted ? Math.floor(of[of.length - 1] / 864e5) : 0};
  later($('week'), drawWeek);
  later($('days'), () => drawDays(high));
  if (!counted) { $('time-says').textContent = 'No row has a value in this column.'; return; }
  $('time-says').textContent = (selected ? rows(counted) + ' selected, from ' : rows(counted) + ' from ') + moment(keys[0] * 864e5) + ' to ' + moment(keys[keys.length - 1] * 864e5)
    + ', at most ' + count(high) + ' per day; busiest hour: ' + DAYS[(top / 24) | 0] + ' ' + pad(top % 24) + ':00 (' + count(week[top]) + ').';
}

const timeTone = () => style(selected ? '--tone-alarm' : '--tone-first');

function drawWeek() {
  const canvas = $('week'), context = sized(canvas), w = canvas.width, h = canvas.height, {week} = timeBins, most = Math.max(1, ...week);
  context.clearRect(0, 0, w, h);
  context.fillStyle = timeTone();
  for (let at = 0; at < 168; at++) {
    context.globalAlpha = week[at] / most;
    context.fillRect(at % 24 * w / 24, ((at / 24) | 0) * h / 7, w / 24 - 1, h / 7 - 1);
  }
  context.globalAlpha = 1;
}

function drawDays(high) {
  const canvas = $('days'), context = sized(canvas), {days, from, to} = timeBins, wide = canvas.width / (to - from + 1);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = timeTone();
  for (const [day, n] of days) {
    const tall = canvas.height * n / high;
    context.fillRect((day - from) * wide, canvas.height - tall, Math.max(1, wide), tall);
  }
}

