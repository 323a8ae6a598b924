import { fromJsonNumber, type MetricLine } from "../protocol/run-files.ts";

/** A metric: at which lines it was logged, and its values there. Views that hold until the next line. */
export interface MetricColumn {
  /** Indices of lines; their steps ascend. */
  readonly lines: Uint32Array;
  readonly values: Float64Array;
  /** Changes with every value that is added or dropped. */
  readonly version: number;
}

/** All metrics of a run, column by column: about 12 bytes a value and 24 a line. */
export interface MetricColumns {
  add(line: MetricLine): void;
  /** The same in parts: a line, then each of its metrics. */
  begin(step: number, epoch: number, time: number): void;
  put(name: string, value: number): void;
  clear(): void;
  /** In the order in which metrics first appeared. */
  names(): readonly string[];
  column(name: string): MetricColumn | undefined;
  /** Of all lines; times never run backwards, though a clock may. */
  readonly steps: () => Float64Array;
  readonly epochs: () => Float64Array;
  readonly times: () => Float64Array;
}

interface GrowingColumn {
  readonly lines: Growing<Uint32Array>;
  readonly values: Growing<Float64Array>;
  version: number;
}

export function createMetricColumns(): MetricColumns {
  const steps = growing(FLOATS);
  const epochs = growing(FLOATS);
  const times = growing(FLOATS);
  const columns = new Map<string, GrowingColumn>();

  /** A step that comes twice, or is trained again after a resume, counts once, with its last value. */
  function dropFrom(step: number, { lines, values }: GrowingColumn): void {
    while (lines.length > 0 && (steps.at(lines.at(lines.length - 1)) ?? 0) >= step) {
      lines.length--;
      values.length--;
    }
  }

  function begin(step: number, epoch: number, time: number): void {
    const before = times.at(times.length - 1);
    times.push(times.length > 0 && before > time ? before : time);
    steps.push(step);
    epochs.push(epoch);
  }

  function put(name: string, value: number): void {
    const held = columns.get(name);
    const column = held ?? { lines: growing(INDICES), values: growing(FLOATS), version: 0 };
    if (held === undefined) columns.set(name, column);
    const at = steps.length - 1;
    dropFrom(steps.at(at), column);
    column.lines.push(at);
    column.values.push(value);
    column.version += 1;
  }

  return {
    add(line) {
      begin(line.step, line.epoch, line.time);
      for (const [name, value] of Object.entries(line.values)) {
        put(name, fromJsonNumber(value) ?? Number.NaN);
      }
    },
    begin,
    put,
    clear() {
      columns.clear();
      steps.length = 0;
      epochs.length = 0;
      times.length = 0;
    },
    names: () => [...columns.keys()],
    column(name) {
      const column = columns.get(name);
      if (column === undefined) return undefined;
      return {
        lines: column.lines.view(),
        values: column.values.view(),
        version: column.version,
      };
    },
    steps: steps.view,
    epochs: epochs.view,
    times: times.view,
  };
}

/** A typed array with room to grow. */
interface Growing<Values> {
  length: number;
  push(value: number): void;
  at(index: number): number;
  view(): Values;
}

/** How to make and cut typed arrays of one kind. */
interface Kind<Values> {
  make(length: number): Values;
  cut(values: Values, length: number): Values;
}

const FLOATS: Kind<Float64Array> = {
  make: (length) => new Float64Array(length),
  cut: (values, length) => values.subarray(0, length),
};
const INDICES: Kind<Uint32Array> = {
  make: (length) => new Uint32Array(length),
  cut: (values, length) => values.subarray(0, length),
};

const FIRST_ROOM = 64;

function growing<Values extends Float64Array | Uint32Array>(kind: Kind<Values>): Growing<Values> {
  let held = kind.make(FIRST_ROOM);
  const list: Growing<Values> = {
    length: 0,
    push(value) {
      if (list.length === held.length) {
        const larger = kind.make(held.length * 2);
        larger.set(held);
        held = larger;
      }
      held[list.length++] = value;
    },
    at: (index) => held[index] ?? Number.NaN,
    view: () => kind.cut(held, list.length),
  };
  return list;
}
