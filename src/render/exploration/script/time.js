// Time.

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
let timeBins = {week: [], days: new Map(), from: 0, to: 0};

function drawTime() {
  const column = table.columns[$('time').value];
  if (!column) return;
  const week = new Float64Array(168), days = new Map();
  let counted = 0;
  const of = column.values;
  const hours = Int16Array.from(of, ms => { const hour = Math.floor(ms / 36e5); return ((((Math.floor(hour / 24) + 3) % 7) + 7) % 7) * 24 + ((hour % 24) + 24) % 24; });
  for (let row = 0; row < table.rows; row++) {
    const code = column.codes[row];
    if (code === NONE || selected && !selected[row]) continue;
    week[hours[code]]++;
    const day = Math.floor(of[code] / 864e5);
    days.set(day, (days.get(day) || 0) + 1);
    counted++;
  }
  const canvas = $('week'), context = sized(canvas), w = canvas.width, h = canvas.height, most = Math.max(1, ...week);
  context.clearRect(0, 0, w, h);
  const tone = style(selected ? '--tone-alarm' : '--tone-first');
  context.fillStyle = tone;
  let top = 0;
  for (let at = 0; at < 168; at++) {
    context.globalAlpha = week[at] / most;
    context.fillRect(at % 24 * w / 24, ((at / 24) | 0) * h / 7, w / 24 - 1, h / 7 - 1);
    if (week[at] > week[top]) top = at;
  }
  context.globalAlpha = 1;
  const strip = $('days'), line = sized(strip), keys = [...days.keys()].sort((a, b) => a - b);
  line.clearRect(0, 0, strip.width, strip.height);
  if (!counted) { timeBins = {week, days, from: 0, to: 0}; $('time-says').textContent = 'No row has this time.'; return; }
  const from = Math.floor(of[0] / 864e5), to = Math.floor(of[of.length - 1] / 864e5), high = Math.max(...days.values());
  timeBins = {week, days, from, to};
  line.fillStyle = tone;
  for (const day of keys) {
    const tall = strip.height * days.get(day) / high;
    line.fillRect((day - from) / (to - from + 1) * strip.width, strip.height - tall, Math.max(1, strip.width / (to - from + 1)), tall);
  }
  $('time-says').textContent = (selected ? rows(counted) + ' selected, from ' : rows(counted) + ' from ') + moment(keys[0] * 864e5) + ' to ' + moment(keys[keys.length - 1] * 864e5)
    + ', at most ' + count(high) + ' a day; most on ' + DAYS[(top / 24) | 0] + ' from ' + pad(top % 24) + ':00 (' + count(week[top]) + ').';
}

