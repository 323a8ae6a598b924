import type { RunHeader } from "../../../core/protocol/panel/run.ts";
import type { CurvesByName } from "../store/panel-state.ts";

const NAMES = ["validation/data_loss", "validation/loss"];

/** The last validation loss, without the penalty where that was logged apart. */
export function validationLoss(
  { final }: RunHeader,
  curves: CurvesByName | undefined,
): number | undefined {
  for (const name of NAMES) {
    const loss = curves?.get(name)?.values.at(-1) ?? final[name];
    if (loss !== undefined) return loss;
  }
  return undefined;
}
