import type { Experiment } from "../../core/experiment/experiment.ts";
import type { Dataset } from "./dataset.ts";

/** Where samples come from. */
export interface DataSource {
  /** Value of `data.source` in an experiment file. */
  readonly id: Experiment["data"]["source"];
  /** Deterministic in `data`. */
  load(data: Experiment["data"], signal: AbortSignal): Promise<Dataset>;
}
