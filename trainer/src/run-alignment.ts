import type { Matrix } from "../../core/measures/matrix.ts";
import type { TrainerEvent } from "../../core/protocol/trainer.ts";
import { predictionMetrics } from "./alignment/prediction-metrics.ts";
import type { FittedAlignment, FittedMethod } from "./alignment-method.ts";
import { alignmentMetrics } from "./alignment-metrics.ts";
import type { AlignmentPreparation, PreparedModality } from "./alignment-preparation.ts";
import { toDense } from "./linear-algebra/products.ts";
import { frameShape, modalityMatrix } from "./modality-matrix.ts";
import { prefixed } from "./prefixed.ts";
import type { TrainingOutcome, Values } from "./procedure.ts";
import { createRandom } from "./random.ts";
import { type RunWriter, toJsonNumbers } from "./run/run-writer.ts";
import { MAX_MEASURED_ROWS, sampleRows } from "./sample-rows.ts";
import { writeEmbeddings, writeItems, writeWeights } from "./snapshot.ts";

/** A map that is found at once is found in one step; 0 is before it. */
const FITTED = 1;

/**
 * Fits the map, measures it on all parts, and writes map, embeddings and metrics.
 *
 * The embeddings that are written are those of the validation part, or of the training part where
 * there is none.
 */
export async function runAlignment(
  method: FittedMethod,
  preparation: AlignmentPreparation,
  writer: RunWriter,
  emit: (event: TrainerEvent) => void,
  signal: AbortSignal,
): Promise<TrainingOutcome> {
  const { split, dataset } = preparation;
  let moment = { step: 0, epoch: 0 };
  let final: Values = {};
  const log = (at: number, values: Values) => {
    moment = { step: at, epoch: at };
    writer.metrics(at, at, values);
    final = { ...final, ...values };
    emit({ type: "evaluated", ...moment, values: toJsonNumbers(values) });
  };
  try {
    const shown = split.validation.length > 0 ? split.validation : split.train;
    const rows = sample(shown, preparation.training.seed);
    writeItems(writer, dataset, rows);
    log(0, preparation.values);
    const fitted = await fit(method, preparation, signal);
    for (const note of fitted.notes) writer.log(note);
    signal.throwIfAborted();
    const weights = writeWeights(writer, { step: FITTED, epoch: FITTED }, fitted.weights);
    writeEmbeddings(writer, FITTED, embed(preparation, fitted, rows));
    const measured = Object.entries(split).flatMap(([part, all]) =>
      all.length === 0
        ? []
        : Object.entries(
            prefixed(part, measure(preparation, fitted, sample(all, preparation.training.seed))),
          ),
    );
    log(FITTED, { ...fitted.values, ...weights, ...Object.fromEntries(measured) });
    return { status: "finished", final, moment };
  } catch (error) {
    const outcome = { final, moment };
    return signal.aborted
      ? { status: "cancelled", ...outcome }
      : { status: "failed", error, where: "fitting", ...outcome };
  }
}

function fit(
  method: FittedMethod,
  { model, training, folder, from, to, pairs }: AlignmentPreparation,
  signal: AbortSignal,
): Promise<FittedAlignment> {
  const order = createRandom(training.seed, "unpaired").permutation(pairs.length);
  // A method that is not to know the pairs is given the other side in an order of its own.
  const others = method.pairing === "rows" ? pairs : order.map((place) => pairs[place] ?? 0);
  return method.fit(model, {
    from: scaled(from, pairs),
    to: scaled(to, others),
    frames: { from: frameShape(from.modality), to: frameShape(to.modality) },
    folder,
    signal,
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
  return sampleRows(rows, MAX_MEASURED_ROWS, seed, "measured");
}
