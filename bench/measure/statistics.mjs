/** Quartiles and extremes of a list of numbers. */
export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    count: sorted.length,
    min: sorted[0],
    q1: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    q3: quantile(sorted, 0.75),
  };
}

/**
 * How two series of rounds compare, `times[round]` being nanoseconds or undefined where a side sat out: the median and
 * quartiles of the ratios within a round, in which both met the same weather, and the ratio of the best times.
 */
export function ratioOf(numerator, denominator) {
  const ratios = [];
  for (const [round, time] of numerator.entries()) {
    if (time !== undefined && denominator[round] !== undefined) ratios.push(time / denominator[round]);
  }
  const present = (times) => times.filter((time) => time !== undefined);
  return { ...summary(ratios), ofMinima: Math.min(...present(numerator)) / Math.min(...present(denominator)) };
}

function quantile(sorted, share) {
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  const high = Math.ceil(place);
  return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
}
