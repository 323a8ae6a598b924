import type { Experiment } from "../../core/experiment/experiment.ts";
import { DATA_SOURCES } from "./data.generated.ts";
import type { LoadContext } from "./data-source.ts";
import type { Dataset } from "./dataset.ts";
import { findById } from "./find-by-id.ts";

/**
 * The rows that an experiment names, with the columns that its split goes by set apart from the
 * features.
 *
 * @throws {UserError} If a file cannot be read or does not hold what it should.
 */
export function loadDataset(
  { data, split: { group, order } }: Experiment,
  context: LoadContext,
): Promise<Dataset> {
  const columns = {
    ...(group === undefined ? {} : { group }),
    ...(order === undefined ? {} : { order }),
  };
  return findById(DATA_SOURCES, data.source).load(data, { ...context, columns });
}
