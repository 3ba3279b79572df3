// Labels of an axis: positions from 0 to 1, each with its text.

const HOUR = 36e5;

// Up to `most` round numbers between two.
function roundNumbers(low, high, most) {
  const rough = (high - low) / most, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(n => n * power).find(step => step >= rough * (1 - 1e-9)) || rough, found = [];
  for (let nth = Math.ceil(low / step - 1e-9); found.length <= most && nth * step <= high + 1e-9 * step; nth++) found.push(Number((nth * step).toPrecision(12)));
  return found;
}

// Powers of ten; of few of them twice and five times each as well; of more every second, third, ….
function roundPowers(low, high, most) {
  const first = Math.floor(Math.log10(low)), last = Math.ceil(Math.log10(high)), powers = last - first;
  const every = Math.max(1, Math.ceil(powers / most)), times = powers * 3 <= most + 2 ? [1, 2, 5] : [1], found = [];
  for (let power = Math.floor(first / every) * every; power <= last; power += every) for (const n of times) found.push(Number((n * 10 ** power).toPrecision(12)));
  const inside = found.filter(x => x >= low && x <= high);
  return inside.length > 1 ? inside : roundNumbers(low, high, most);
}

// Hours, days, months or years that begin between two times.
function roundMoments(low, high, most) {
  const step = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY].find(step => (high - low) / step <= most), found = [];
  // Weeks begin on Mondays; the first day of 1970 was a Thursday.
  const from = step >= 7 * DAY ? -3 * DAY : 0;
  if (step) for (let at = Math.ceil((low - from) / step) * step + from; at <= high; at += step) found.push(at);
  else {
    const begin = new Date(low), months = (high - low) / (30.4 * DAY);
    const every = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find(every => months / every <= most) || 12 * Math.ceil(months / 12 / most);
    for (let month = Math.ceil((begin.getUTCFullYear() * 12 + begin.getUTCMonth()) / every) * every; found.length <= most; month += every) {
      const at = Date.UTC(2000, month - 24000, 1);
      if (!(at <= high)) break;
      if (at >= low) found.push(at);
    }
  }
  return found;
}

// Values themselves: all of few, else those nearest to even steps.
function tickedValues(column, scale, most) {
  const at = places(column, scale), found = [];
  if (at.length <= most) found.push(...at.keys());
  else for (let step = 0; step < most; step++) {
    const place = step / (most - 1), code = valueAt(column, scale, place);
    // A gap has no value to name.
    if (Math.abs(at[code] - place) < 0.5 / (most - 1) && !found.includes(code)) found.push(code);
  }
  return found.map(code => [at[code], shown(column, code)]);
}

function tickedNumbers(column, scale, most) {
  const {values} = column, last = values[values.length - 1], place = placing(column, scale);
  const time = column.kind === 'timestamp' && scale !== 'log', apart = lower(column, scale);
  const low = scale === 'log' ? values.find(x => x > 0) : values[0];
  if (low === undefined) return [[0, '≤ 0']];
  const round = (time ? roundMoments : scale === 'log' ? roundPowers : roundNumbers)(low, last, most);
  const words = x => !time ? column.kind === 'timestamp' ? moment(x) : number(x) : x % DAY ? moment(x).slice(11, 16) : moment(x);
  return (apart ? [[0, '≤ 0']] : []).concat(round.map(x => [place(x), words(x)]));
}

function ticks(column, scale, most) {
  const plain = column.text || column.kind === 'flag' || scale === 'rank' || column.values.length <= most;
  let before = -1;
  // Overlapping labels are omitted.
  return (plain ? tickedValues : tickedNumbers)(column, scale, most).filter(([place]) => {
    if (before >= 0 && place - before <= 0.6 / most) return false;
    before = place;
    return true;
  });
}

