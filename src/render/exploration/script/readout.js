// What is under the pointer, or at the cell chosen by arrow keys, in words.

const HINT = 'Point at the plot, or use the arrow keys in it, to read values.';

// `grid` returns the number of cells across and down, `describe` the words for one cell.
function readout(target, canvas, line, grid, describe) {
  let spot = [0, 0];
  const rest = () => { line.textContent = HINT; line.classList.add('idle'); };
  rest();
  const say = keys => {
    spot = spot.map((at, axis) => Math.max(0, Math.min(grid()[axis] - 1, at)));
    // Announced only for keys: a moving pointer would announce without pause.
    line.setAttribute('aria-live', keys ? 'polite' : 'off');
    line.textContent = describe(...spot) || HINT;
    line.classList.remove('idle');
  };
  const point = event => {
    const box = canvas.getBoundingClientRect(), [wide, tall] = grid();
    spot = [Math.floor((event.clientX - box.left) / box.width * wide), Math.floor((event.clientY - box.top) / box.height * tall)];
    say(false);
  };
  for (const kind of ['pointermove', 'pointerdown']) target.addEventListener(kind, point);
  for (const kind of ['pointerleave', 'blur']) target.addEventListener(kind, rest);
  target.addEventListener('keydown', event => {
    const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
    if (!step || step[1] && grid()[1] === 1) return;
    spot = [spot[0] + step[0], spot[1] + step[1]];
    event.preventDefault();
    say(true);
  });
  target.addEventListener('focus', () => { if (target.matches(':focus-visible')) say(true); });
}

const held = (all, inside) => rows(all) + (selected ? ', ' + count(inside) + ' selected' : '');

// The values in a bin of a card; for an empty bin, its neighbours.
function binWords(column, scale, bin) {
  const at = places(column, scale);
  let first = -1, last = -1, below = -1, above = -1;
  for (let code = 0; code < at.length; code++) {
    const own = Math.min(CELLS - 1, (at[code] * CELLS) | 0);
    if (isNaN(at[code])) continue;
    if (own < bin) below = code;
    else if (own > bin) { above = code; break; }
    else { if (first < 0) first = code; last = code; }
  }
  const words = code => cut(shown(column, code), 30);
  if (first >= 0) return words(first) + (words(last) !== words(first) ? ' to ' + words(last) : '');
  return below < 0 ? 'before ' + words(above) : above < 0 ? 'past ' + words(below) : 'between ' + words(below) + ' and ' + words(above);
}

function readCards() {
  for (const card of cards) {
    const {column, canvas} = card;
    readout(canvas.parentNode, canvas, $('cards-read'), () => [CELLS, 1], bin => {
      if (!column.values.length) return column.name + ': no values';
      return column.name + ', ' + binWords(column, cardScale(column), bin) + ': ' + held(binsOf(card).all[bin], binsOf(card).inside[bin]);
    });
  }
}

// A long series is read several days at a time.
const MOST_STEPS = 300;

function readDays(step, steps) {
  const {days, from, to} = timeBins, size = to - from + 1, first = from + Math.floor(step * size / steps), last = from + Math.ceil((step + 1) * size / steps) - 1;
  let all = 0;
  for (const [day, n] of days) if (day >= first && day <= last) all += n;
  return moment(first * DAY) + (last > first ? ' to ' + moment(last * DAY) : '') + ': ' + rows(all) + (selected ? ' selected' : '');
}

function readTime() {
  const line = $('time-reads'), steps = () => Math.min(MOST_STEPS, timeBins.to - timeBins.from + 1);
  readout($('week'), $('week'), line, () => [24, 7], (hour, day) => DAYS[day] + ' from ' + pad(hour) + ':00: ' + rows(timeBins.week[day * 24 + hour] || 0) + (selected ? ' selected' : ''));
  readout($('days'), $('days'), line, () => [steps(), 1], step => timeBins.days.size ? readDays(step, steps()) : '');
}

views.push({begin() { readCards(); readTime(); }, draw() {}});

