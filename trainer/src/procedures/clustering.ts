import type { KMeansModel } from "../../../core/experiment/experiment.ts";
import { adjustedRand } from "../../../core/measures/adjusted-rand.ts";
import type { TrainerEvent } from "../../../core/protocol/trainer.ts";
import { fitScaling } from "../alignment/scaling.ts";
import { assign, type KMeans, lloyd, seedCentres } from "../clustering/k-means.ts";
import type { LoadContext } from "../data-source.ts";
import type { Dataset, ModalityData } from "../dataset.ts";
import type { ExperimentFile } from "../experiment-file.ts";
import type { Dense } from "../linear-algebra/products.ts";
import { modalityMatrix } from "../modality-matrix.ts";
import { prefixed } from "../prefixed.ts";
import { prepareData } from "../prepare-data.ts";
import type { PreparedRun, Procedure, TrainingOutcome, Values } from "../procedure.ts";
import { createRandom } from "../random.ts";
import { type RunWriter, toJsonNumbers } from "../run/run-writer.ts";
import { writeEmbeddings, writeItems, writeWeights } from "../snapshot.ts";
import { type Split, sampleCounts } from "../split.ts";

interface Part {
  readonly name: string;
  /** Rows of the data set that have the modality. */
  readonly rows: Int32Array;
  readonly matrix: Dense;
}

interface Clustering {
  readonly model: KMeansModel;
  /** Name of the modality. */
  readonly name: string;
  readonly seed: number;
  readonly dataset: Dataset;
  readonly parts: readonly Part[];
  readonly values: Values;
}

/** Groups rows by k-means; labels, where there are any, only measure the groups. */
export const clustering: Procedure = {
  id: "clustering",
  handles: ({ model }) => model.type === "kmeans",
  async prepare(file, context) {
    const { model } = file.experiment;
    if (model.type !== "kmeans") throw new TypeError(`Cannot cluster by a model ${model.type}`);
    return prepareClustering(file, model, context);
  },
};

async function prepareClustering(
  file: ExperimentFile,
  model: KMeansModel,
  context: LoadContext,
): Promise<PreparedRun> {
  const { dataset, split, values, notes } = await prepareData(file, context, {
    reads: (loaded) => [chooseModality(file, model, loaded).name],
    fits: "once",
  });
  const modality = chooseModality(file, model, dataset);
  const parts = partsOf(modality, split, model);
  const train = parts.find((part) => part.name === "train");
  if (train === undefined || train.rows.length < model.clusters) {
    throw file.refuse({
      path: ["model", "clusters"],
      at: "value",
      message: `${model.clusters} clusters of ${train?.rows.length ?? 0} training rows`,
      allowed: "there must be a row for each",
    });
  }
  const prepared: Clustering = {
    model,
    name: modality.name,
    seed: file.experiment.training.seed,
    dataset,
    parts,
    values,
  };
  return {
    backend: { name: "binary64", device: "CPU", reason: "Lloyd's iteration", versions: {} },
    facts: {
      steps_total: model.starts,
      epochs_total: model.starts,
      samples: sampleCounts(split),
      classes: dataset.classes,
      modalities: [modality.name],
      objective: `Σ‖x − its nearest of ${model.clusters} centres‖²`,
    },
    notes,
    run: (writer, emit, signal) => runClustering(prepared, writer, emit, signal),
    dispose: () => undefined,
  };
}

/** The modality that the file names, or the only one. */
function chooseModality(
  file: ExperimentFile,
  { modality }: KMeansModel,
  dataset: Dataset,
): ModalityData {
  const { modalities } = dataset;
  const found =
    modality === undefined && modalities.length === 1
      ? modalities[0]
      : modalities.find(({ name }) => name === modality);
  if (found !== undefined) return found;
  throw file.refuse({
    path: ["model", "modality"],
    at: "value",
    message:
      modality === undefined
        ? "`modality` is missing"
        : `the data have no modality \`${modality}\``,
    allowed: `they have ${modalities.map(({ name }) => name).join(", ")}`,
  });
}

/** Parts that have rows, scaled as the training part says. */
function partsOf(modality: ModalityData, split: Split, { scaling }: KMeansModel): Part[] {
  const known = Object.entries(split).map(([name, rows]: [string, Int32Array]) => ({
    name,
    rows: rows.filter((row) => modality.present[row] === 1),
  }));
  const train = known.find(({ name }) => name === "train");
  if (train === undefined || train.rows.length === 0) return [];
  const fitted = fitScaling(modalityMatrix(modality, train.rows), scaling);
  return known
    .filter(({ rows }) => rows.length > 0)
    .map(({ name, rows }) => ({
      name,
      rows,
      matrix: fitted.apply(modalityMatrix(modality, rows)),
    }));
}

async function runClustering(
  clustering: Clustering,
  writer: RunWriter,
  emit: (event: TrainerEvent) => void,
  signal: AbortSignal,
): Promise<TrainingOutcome> {
  const { model, dataset, parts, values } = clustering;
  let start = 0;
  let final: Values = {};
  const log = (found: Values) => {
    writer.metrics(start, start, found);
    final = { ...final, ...found };
    emit({ type: "evaluated", step: start, epoch: start, values: toJsonNumbers(found) });
  };
  try {
    const shown = parts.find(({ name }) => name === "validation") ?? parts[0];
    if (shown !== undefined) writeItems(writer, dataset, shown.rows);
    log(values);
    let best: KMeans | undefined;
    while (start < model.starts) {
      // Signals are only seen when the event loop gets its turn.
      await new Promise(setImmediate);
      signal.throwIfAborted();
      start += 1;
      const found = fitOnce(clustering, start);
      if (best === undefined || found.inertia < best.inertia) best = found;
      log({
        "train/loss": found.inertia / found.assignment.length,
        "clusters/iterations": found.iterations,
      });
    }
    if (best === undefined) throw new RangeError("Cannot cluster without a start");
    if (!best.hasConverged)
      writer.log(`Not converged after ${best.iterations} iterations: raise \`max_iterations\``);
    const { centres } = best;
    const shape = [centres.rows, centres.columns];
    const weights = {
      name: "centres",
      kind: "weight",
      shape,
      data: centres.data,
      penalty: "",
    } as const;
    const measured = writeWeights(writer, { step: start, epoch: start }, [weights]);
    if (shown !== undefined) {
      writeEmbeddings(writer, start, new Map([[clustering.name, shown.matrix]]));
    }
    log({
      ...measured,
      ...Object.assign({}, ...parts.map((part) => measure(clustering, part, centres))),
    });
    return { status: "finished", final, moment: { step: start, epoch: start } };
  } catch (error) {
    const outcome = { final, moment: { step: start, epoch: start } };
    return signal.aborted
      ? { status: "cancelled", ...outcome }
      : { status: "failed", error, where: `start ${start}`, ...outcome };
  }
}

function fitOnce({ model, seed, parts }: Clustering, start: number): KMeans {
  const matrix = parts.find(({ name }) => name === "train")?.matrix;
  if (matrix === undefined) throw new RangeError("Cannot cluster without training rows");
  const random = createRandom(seed, `kmeans/${start}`);
  const centres = seedCentres(matrix, model.clusters, random);
  return lloyd(matrix, centres, { maxIterations: model.max_iterations });
}

/** Mean squared distance to the nearest centre, and with labels how well the groups fit them. */
function measure({ dataset }: Clustering, { name, rows, matrix }: Part, centres: Dense): Values {
  const { assignment, distances } = assign(matrix, centres);
  const inertia = distances.reduce((sum, value) => sum + value, 0);
  const sizes = new Int32Array(centres.rows);
  for (const cluster of assignment) sizes[cluster] = (sizes[cluster] ?? 0) + 1;
  const labels = rows.map((row) => dataset.labels[row] ?? 0);
  return prefixed(name, {
    loss: inertia / rows.length,
    inertia,
    empty_clusters: sizes.filter((size) => size === 0).length,
    ...(dataset.classes.length > 0 ? { adjusted_rand: adjustedRand(assignment, labels) } : {}),
  });
}
