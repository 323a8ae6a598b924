import type { Matrix } from "../../core/measures/matrix.ts";
import type { TrainerEvent } from "../../core/protocol/trainer.ts";
import { predictionMetrics } from "./alignment/prediction-metrics.ts";
import type { FittedAlignment } from "./alignment-method.ts";
import { ALIGNMENT_METHODS } from "./alignment-methods.generated.ts";
import { alignmentMetrics } from "./alignment-metrics.ts";
import type { AlignmentPreparation, PreparedModality } from "./alignment-preparation.ts";
import { findById } from "./find-by-id.ts";
import { toDense } from "./linear-algebra/products.ts";
import { frameShape, modalityMatrix } from "./modality-matrix.ts";
import type { TrainingOutcome, Values } from "./procedure.ts";
import { createRandom } from "./random.ts";
import { type RunWriter, toJsonNumbers } from "./run/run-writer.ts";
import { writeEmbeddings, writeItems, writeWeights } from "./snapshot.ts";

/** Rows of a part that retrieval is measured on; its cost is quadratic. */
const MAX_MEASURED_ROWS = 2000;

/**
 * Fits the map, measures it on all parts, and writes map, embeddings and metrics.
 *
 * The embeddings that are written are those of the validation part, or of the training part where
 * there is none.
 */
export async function runAlignment(
  preparation: AlignmentPreparation,
  writer: RunWriter,
  emit: (event: TrainerEvent) => void,
  signal: AbortSignal,
): Promise<TrainingOutcome> {
  const { split, dataset } = preparation;
  let [step, epoch] = [0, 0];
  let final: Values = {};
  const log = (at: number, values: Values) => {
    epoch = at;
    step = at;
    writer.metrics(step, epoch, values);
    final = { ...final, ...values };
    emit({ type: "evaluated", step, epoch, values: toJsonNumbers(values) });
  };
  try {
    const shown = split.validation.length > 0 ? split.validation : split.train;
    const rows = sample(shown, preparation.training.seed);
    writeItems(writer, dataset, rows);
    log(0, preparation.values);
    const fitted = await fit(preparation, signal, log);
    for (const note of fitted.notes) writer.log(note);
    signal.throwIfAborted();
    const at = Math.max(1, epoch);
    const weights = writeWeights(writer, { step: at, epoch: at }, fitted.weights);
    writeEmbeddings(writer, at, embed(preparation, fitted, rows));
    const measured = Object.entries(split).flatMap(([part, all]) =>
      all.length === 0
        ? []
        : Object.entries(
            prefixed(part, measure(preparation, fitted, sample(all, preparation.training.seed))),
          ),
    );
    log(at, { ...fitted.values, ...weights, ...Object.fromEntries(measured) });
    return { status: "finished", final, moment: { step, epoch } };
  } catch (error) {
    const outcome = { final, moment: { step, epoch } };
    return signal.aborted
      ? { status: "cancelled", ...outcome }
      : { status: "failed", error, where: `fitting, epoch ${epoch}`, ...outcome };
  }
}

function fit(
  { model, training, folder, from, to, pairs }: AlignmentPreparation,
  signal: AbortSignal,
  log: (epoch: number, values: Values) => void,
): Promise<FittedAlignment> {
  const method = findById(ALIGNMENT_METHODS, model.method);
  const order = createRandom(training.seed, "unpaired").permutation(pairs.length);
  // A method that is not to know the pairs is given the other side in an order of its own.
  const others = method.pairing === "rows" ? pairs : order.map((place) => pairs[place] ?? 0);
  return method.fit(model, {
    from: scaled(from, pairs),
    to: scaled(to, others),
    frames: { from: frameShape(from.modality), to: frameShape(to.modality) },
    training,
    folder,
    signal,
    log,
  });
}

function scaled({ modality, scaling }: PreparedModality, rows: Int32Array) {
  return scaling.apply(modalityMatrix(modality, rows));
}

/** Both modalities in the common space, NaN where a row lacks one. */
function embed(
  { from, to }: AlignmentPreparation,
  fitted: FittedAlignment,
  rows: Int32Array,
): ReadonlyMap<string, Matrix> {
  return new Map<string, Matrix>([
    [from.modality.name, fitted.mapFrom(scaled(from, rows))],
    [to.modality.name, fitted.mapTo(scaled(to, rows))],
  ]);
}

function measure(
  preparation: AlignmentPreparation,
  fitted: FittedAlignment,
  rows: Int32Array,
): Values {
  const embeddings = embed(preparation, fitted, rows);
  const [own, other] = [...embeddings.values()];
  const predicted =
    fitted.predicts && own !== undefined && other !== undefined
      ? predictionMetrics(toDense(own), toDense(other))
      : {};
  return { ...alignmentMetrics(embeddings), ...predicted };
}

function sample(rows: Int32Array, seed: number): Int32Array {
  if (rows.length <= MAX_MEASURED_ROWS) return rows;
  return createRandom(seed, "measured")
    .permutation(rows.length)
    .subarray(0, MAX_MEASURED_ROWS)
    .map((place) => rows[place] ?? 0)
    .sort();
}

function prefixed(part: string, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${part}/${name}`, value]),
  );
}
