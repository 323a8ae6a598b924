import type { Sweep, SweptKey } from "../../../core/experiment/experiment.ts";
import { createRandom } from "../random.ts";

/** What makes each trial differ: `key=value` pairs as `--set` takes them, in the order of the keys. */
export function trialSettings(sweep: Sweep): readonly (readonly string[])[] {
  const columns =
    sweep.search === "grid" ? gridColumns(sweep) : sweep.vary.map((entry) => drawn(entry, sweep));
  const [first = []] = columns;
  return first.map((_, trial) =>
    sweep.vary.map(({ key }, index) => `${key}=${JSON.stringify(columns[index]?.[trial])}`),
  );
}

/** Values of each key over all combinations; the last key goes fastest. */
function gridColumns({ vary }: Sweep): readonly (readonly unknown[])[] {
  const combinations = vary.reduce<readonly (readonly unknown[])[]>(
    (rows, entry) => rows.flatMap((row) => gridValues(entry).map((value) => [...row, value])),
    [[]],
  );
  return vary.map((_, index) => combinations.map((row) => row[index]));
}

/** Without repetitions, which rounding to whole numbers may bring. */
function gridValues(entry: SweptKey): readonly unknown[] {
  const { values, count } = entry;
  if (values !== undefined) return values;
  return [...new Set(Array.from({ length: count }, (_, k) => at(entry, k / (count - 1))))];
}

/** One stream of random numbers for each key, so that the keys' order and number do not matter. */
function drawn(entry: SweptKey, { trials = 0, seed = 0 }: Sweep): readonly unknown[] {
  const random = createRandom(seed, `sweep/${entry.key}`);
  return Array.from({ length: trials }, () =>
    entry.values === undefined
      ? at(entry, random.uniform())
      : entry.values[random.integer(entry.values.length)],
  );
}

/**
 * The value at `share` (0..1) of a range: low + share·(high − low), or low·(high/low)^share, in six
 * significant digits.
 */
function at({ low = 0, high = 0, scale, integer }: SweptKey, share: number): number {
  if (share === 1) return high;
  const value = scale === "log" ? low * (high / low) ** share : low + share * (high - low);
  return integer ? Math.round(value) : Number(value.toPrecision(6));
}
