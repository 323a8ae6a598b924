import type { SparsityCurve } from "../../core/experiment/experiment.ts";
import type { SparsityPoint } from "../../core/protocol/run-files.ts";
import { countZeros } from "./count-zeros.ts";
import { readWeights, restoreWeights } from "./kept-weights.ts";
import { matchesGlob } from "./name-glob.ts";
import type { Preparation } from "./preparation.ts";
import type { Values } from "./procedure.ts";
import { toJsonNumbers } from "./run/run-writer.ts";
import {
  createSession,
  logStep,
  measure,
  momentOf,
  operateOnWeights,
  snapshotWeights,
  type TrainingSession,
  tell,
  trainEpoch,
} from "./training-session.ts";
import { createWeightOperations } from "./weight-operations.ts";

/**
 * Accuracy against sparsity: for each fraction the trained weights are put back, the smallest ones
 * removed, and what is left trained for the epochs of fine-tuning with fresh optimizer state and a
 * schedule that begins anew. Each point is a line of metrics behind the last step of the training,
 * with `sparsity/fraction` and `sparsity/zero_fraction` (0..1).
 *
 * The model is left with its trained weights.
 */
export async function sparsityPoints(trained: TrainingSession): Promise<readonly SparsityPoint[]> {
  const { preparation } = trained;
  const curve = preparation.experiment.sparsity_curve;
  if (curve === undefined) return [];
  const { parameters } = preparation.model;
  const weights = await readWeights(parameters);
  const points: SparsityPoint[] = [];
  let before = trained.moment;
  try {
    for (const fraction of curve.fractions) {
      restoreWeights(parameters, weights);
      const session = fineTuning(trained, curve, fraction, before);
      try {
        points.push(await pointOf(session, curve, fraction));
        before = momentOf(session);
      } finally {
        session.trainingStep.dispose();
        session.preparation.operations.dispose();
      }
    }
  } finally {
    restoreWeights(parameters, weights);
  }
  // The last weights of the run are the trained ones again: others may start from them.
  trained.moment = { ...before, step: before.step + 1 };
  logStep(trained, await snapshotWeights(trained));
  return points;
}

/** A training of the fine-tuning epochs that begins by removing `fraction` of the weights. */
function fineTuning(
  { preparation, writer, emit, signal }: TrainingSession,
  { scope, on, fine_tune_epochs: epochs }: SparsityCurve,
  fraction: number,
  before: TrainingSession["moment"],
): TrainingSession {
  const { experiment, model, stepsPerEpoch } = preparation;
  const stepsTotal = Math.max(1, epochs) * stepsPerEpoch;
  const entry = {
    operation: "prune",
    by: "fraction",
    fraction,
    scope,
    every: 1,
    after_epoch: 0,
    ...(on === undefined ? {} : { on }),
  } as const;
  const operations = createWeightOperations([entry], model.parameters, {
    stepsPerEpoch,
    stepsTotal,
  });
  if ("problem" in operations) throw new RangeError(operations.problem.message);
  const training = { ...experiment.training, epochs };
  const fresh: Preparation = {
    ...preparation,
    experiment: { ...experiment, training },
    stepsTotal,
    operations,
  };
  return createSession({ preparation: fresh, writer, emit, signal, before });
}

async function pointOf(
  session: TrainingSession,
  curve: SparsityCurve,
  fraction: number,
): Promise<SparsityPoint> {
  const { model } = session.preparation;
  await operateOnWeights(session);
  for (let epoch = 1; epoch <= curve.fine_tune_epochs; epoch++) await trainEpoch(session, epoch);
  session.trainingStep.settle();
  const { zeros, count } = await countZeros(
    model.parameters.filter(
      ({ kind, name }) => kind === "weight" && matchesGlob(curve.on ?? "*", name),
    ),
  );
  const zeroFraction = zeros / count;
  const { values } = await measure(session, ["validation", "test"]);
  session.moment = { ...session.moment, step: session.moment.step + 1 };
  logStep(session, {
    ...values,
    "sparsity/fraction": fraction,
    "sparsity/zero_fraction": zeroFraction,
  });
  tell(session, "info", summary(fraction, zeroFraction, values));
  return { fraction, zero_fraction: zeroFraction, values: toJsonNumbers(values) };
}

function summary(fraction: number, zeroFraction: number, values: Values): string {
  const shown = ["accuracy", "loss"].flatMap((name) =>
    ["validation", "test"].flatMap((part) => {
      const value = values[`${part}/${name}`];
      return value === undefined ? [] : [`${part} ${name} ${value.toPrecision(4)}`];
    }),
  );
  return `Sparsity ${fraction}: ${(100 * zeroFraction).toFixed(2)} % exact zeros, ${shown.join(", ")}`;
}
