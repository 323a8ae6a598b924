import type { Data } from "../../core/experiment/experiment.ts";
import type { Dataset } from "./dataset.ts";

export interface LoadContext {
  /** Folder of the experiment file; paths in it are relative to this folder. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Columns of a table that the split asks for. */
  readonly columns?: { readonly group?: string; readonly order?: string };
  /** Tells the user what is being done, or what was found in the data: one sentence. */
  report(text: string): void;
}

/** Where samples come from. */
export interface DataSource {
  /** Value of `data.source` in an experiment file. */
  readonly id: Data["source"];
  /**
   * Deterministic in `data` and the files it names.
   *
   * @throws {UserError} If a file cannot be read or does not hold what it should.
   */
  load(data: Data, context: LoadContext): Promise<Dataset>;
}

type DataOf<Id extends Data["source"]> = Extract<Data, { readonly source: Id }>;

function isOf<Id extends Data["source"]>(data: Data, id: Id): data is DataOf<Id> {
  return data.source === id;
}

/** A source that is only ever given its own settings. */
export function dataSource<Id extends Data["source"]>(
  id: Id,
  load: (data: DataOf<Id>, context: LoadContext) => Promise<Dataset>,
): DataSource {
  return {
    id,
    async load(data, context) {
      if (!isOf(data, id)) throw new TypeError(`Cannot load ${data.source} as ${id}`);
      return load(data, context);
    },
  };
}
