import {
  fromJsonNumber,
  type RunRecord,
  type SweepTrial,
} from "../../../core/protocol/run-files.ts";
import { textTable } from "../text-table.ts";

/** The table of a sweep's trials: those that were trained longest first, and of these the best first. */
export function sweepRows({ sweep }: RunRecord): readonly string[] {
  if (sweep === undefined) return [];
  const { metric, goal, trials, best } = sweep;
  const sign = goal === "minimize" ? 1 : -1;
  const cost = ({ value }: SweepTrial) => {
    const number = fromJsonNumber(value) ?? Number.NaN;
    return Number.isNaN(number) ? Number.POSITIVE_INFINITY : sign * number;
  };
  const order = trials.toSorted(
    (a, b) => b.epochs - a.epochs || (cost(a) === cost(b) ? 0 : cost(a) - cost(b)),
  );
  const rows = order.map(({ number, set, epochs, value, status, run }) => [
    number === best ? `${number} *` : String(number),
    set.join("  "),
    String(epochs),
    typeof value === "number" ? value.toPrecision(5) : value,
    status,
    run,
  ]);
  return textTable(["trial", "with", "epochs", metric, "status", "run"], rows, 0);
}
