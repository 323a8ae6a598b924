/** Where the line of a layer lies in a file, in bytes from its start. */
export interface LinePlace {
  readonly step: number;
  readonly start: number;
  readonly end: number;
}

/** Places of the lines of `weights/layers.jsonl`, by layer and by step. */
export interface LayerPlaces {
  add(layer: string, place: LinePlace): void;
  clear(): void;
  /** Every step with a line, ascending. */
  steps(): readonly number[];
  /** From the first to the last line of a step. */
  at(step: number): { readonly start: number; readonly end: number } | undefined;
  /** Of each step the last line of the layer, ascending by step. */
  of(layer: string): readonly LinePlace[];
}

/** Numbers in plain arrays, not objects, because a long run of many layers has a million lines. */
interface Column {
  readonly steps: number[];
  readonly starts: number[];
  readonly ends: number[];
}

export function layerPlaces(): LayerPlaces {
  const ranges = new Map<number, { readonly start: number; readonly end: number }>();
  const columns = new Map<string, Column>();
  return {
    add(layer, { step, start, end }) {
      ranges.set(step, { start: ranges.get(step)?.start ?? start, end });
      const column = columns.get(layer) ?? { steps: [], starts: [], ends: [] };
      columns.set(layer, column);
      column.steps.push(step);
      column.starts.push(start);
      column.ends.push(end);
    },
    clear() {
      ranges.clear();
      columns.clear();
    },
    steps: () => [...ranges.keys()].sort((a, b) => a - b),
    at: (step) => ranges.get(step),
    of(layer) {
      const { steps, starts, ends } = columns.get(layer) ?? { steps: [], starts: [], ends: [] };
      const last = new Map(
        steps.map((step, index) => {
          return [step, { step, start: starts[index] ?? 0, end: ends[index] ?? 0 }] as const;
        }),
      );
      return [...last.values()].sort((a, b) => a.step - b.step);
    },
  };
}
