import type { Select } from "../../../core/experiment/experiment.ts";
import type { Fold } from "../linear/folds.ts";
import type { Preparation } from "../preparation.ts";
import type { WholeRun } from "./progress-within.ts";
import { trainingOrder } from "./training-order.ts";

/** A network with the λ to choose from. */
export interface SelectionPreparation {
  /** Of the network that is kept. */
  readonly preparation: Preparation;
  readonly select: Select;
  /** Parts that are held out in turn; none where the validation part is held out. */
  readonly folds: readonly Fold[];
  prepareFold(fold: Fold): Promise<Preparation>;
}

/** Steps and epochs of all trainings, and the last line of metrics as one step more. */
export function selectionLength({
  preparation,
  select,
  folds,
}: Pick<SelectionPreparation, "preparation" | "select" | "folds">): Omit<WholeRun, "startedMs"> {
  const { training } = preparation.experiment;
  const count = trainingOrder(select).length;
  const foldSteps = folds.reduce(
    (sum, { train }) => sum + Math.ceil(train.length / training.batch_size),
    0,
  );
  const own = folds.length > 0 && !select.warm_start ? 1 : count;
  return {
    stepsTotal: count * foldSteps * training.epochs + own * preparation.stepsTotal + 1,
    epochsTotal: (count * folds.length + own) * training.epochs,
  };
}
