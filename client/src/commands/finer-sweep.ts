import type { LambdaSelection } from "../../../core/protocol/run-files.ts";
import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { mayStart } from "../may-start.ts";
import { experimentToRun } from "../runs/experiment-to-run.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<
  Host,
  "isTrusted" | "runs" | "pickRun" | "details" | "experimentOf" | "confirm" | "train" | "inform"
>;

interface Range {
  readonly low: number;
  readonly high: number;
}

/** λ that are tried, evenly on a logarithmic axis. */
const COUNT = 25;
/** From the palette nothing is known of the path but its λ: so far to either side. */
const FACTOR = 2;
const DIGITS = 6;

/** λ between which to look, if the command was called from a panel. */
function rangeOf(argument: unknown): Range | undefined {
  if (typeof argument !== "object" || argument === null) return undefined;
  const { low, high } = { low: undefined, high: undefined, ...argument };
  return typeof low === "number" && typeof high === "number" && low > 0 && high > low
    ? { low, high }
    : undefined;
}

/**
 * Descending λ: those from `high` to `low`, with as many significant figures as tell them apart, and
 * the one of the least error on the run's `path`. One standard error is counted from that least, so
 * that a range without it would choose another λ for no other reason than its own ends.
 */
function lambdasToTry({ low, high }: Range, path: LambdaSelection["path"]): number[] {
  const within = Array.from({ length: COUNT }, (_, index) =>
    Number((high * (low / high) ** (index / (COUNT - 1))).toPrecision(DIGITS)),
  );
  const [least] = path.toSorted((a, b) => a.mean - b.mean);
  if (least === undefined || (least.lambda >= low && least.lambda <= high)) return within;
  return [...within, least.lambda].toSorted((a, b) => b - a);
}

/** Trains the experiment of a run again with more λ around the one that was chosen. */
export const finerSweep: Command<Deps> = {
  id: "normlens.finerSweep",
  async run(deps, target) {
    if (!mayStart(deps, "Training starts a process")) return;
    const choosing = (await deps.runs()).filter(
      ({ record, status }) => status !== "running" && (record.selection?.tried ?? 0) > 0,
    );
    if (choosing.length === 0) {
      deps.inform("No run has chosen its λ from a path.");
      return;
    }
    const run = await chooseRun(target, choosing, (runs) =>
      deps.pickRun(runs, "Look closer at the λ of which run?"),
    );
    const lambda = run?.record.selection?.lambda;
    if (run === undefined || lambda === undefined) return;
    const file = await experimentToRun(deps, run, "Run It as It Is Now");
    if (file === undefined) return;
    const range = rangeOf(target) ?? { low: lambda / FACTOR, high: lambda * FACTOR };
    const [detailed] = await deps.details([run]);
    const path = detailed?.detail.record.selection?.path ?? [];
    const kept = (run.record.set ?? []).filter((pair) => !pair.startsWith("select.lambda"));
    await deps.train(file, [...kept, `select.lambda=[${lambdasToTry(range, path).join(", ")}]`]);
  },
};
