import { type Rank, reshape, type Tensor2D, zeros } from "@tensorflow/tfjs-core";
import { predictionMetrics } from "./alignment/prediction-metrics.ts";
import type { AlignmentNetwork, TrainedMethod } from "./alignment-method.ts";
import type { AlignmentPreparation, PreparedModality } from "./alignment-preparation.ts";
import type { Batch } from "./batch.ts";
import type { ModalityData } from "./dataset.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import { createParameterStore, type ParameterStore } from "./layers/parameter-store.ts";
import { withLearnedLogits } from "./learned-logits.ts";
import { toDense } from "./linear-algebra/products.ts";
import { modalityMatrix } from "./modality-matrix.ts";
import type { Model } from "./model.ts";
import type { Preparation } from "./preparation.ts";
import { type TrainingSubject, trainingParts } from "./training-parts.ts";

/** Rows that are in binary64 at the same time. */
const SCALED_AT_ONCE = 1024;

/**
 * A trained alignment as a network like any other: its model maps the scaled rows of both modalities,
 * its objective is the loss between them, and it is trained on the rows that have both. The current
 * backend of tfjs-core is used.
 *
 * @throws {ExperimentRefused} If a value of the file does not fit the maps.
 */
export function alignmentTraining(
  file: ExperimentFile,
  method: TrainedMethod,
  prepared: AlignmentPreparation,
): Preparation {
  const { model: settings, training, pairs, split } = prepared;
  const modalities = [scaledModality(prepared.from), scaledModality(prepared.to)] as const;
  const store = createParameterStore(training.seed);
  const [from = 0, to = 0] = modalities.map(({ shape }) => shape[0]);
  const network = method.network(settings, store, { from, to });
  const subject: TrainingSubject = {
    experiment: { ...file.experiment, objective: { loss: "none", alignment: network.loss } },
    dataset: { ...prepared.dataset, modalities },
    split: { ...split, train: pairs },
    model: withLearnedLogits(mappingModel(settings, network, store), network.loss),
    dataValues: prepared.values,
    notes: [
      ...prepared.notes,
      ...(pairs.length === split.train.length
        ? []
        : [
            `${pairs.length} of ${split.train.length} training rows have both modalities and are trained on`,
          ]),
    ],
  };
  return {
    ...subject,
    ...trainingParts(file, subject, [method.describe(settings)], prepared.folder),
  };
}

/** The whole of a modality, scaled, as numbers that a batch is made of; zeros where a row lacks it. */
function scaledModality({ modality, scaling }: PreparedModality): ModalityData {
  const { name, present, contentOf } = modality;
  const { columns } = modalityMatrix(modality, new Int32Array(0));
  const data = new Float32Array(present.length * columns);
  for (let start = 0; start < present.length; start += SCALED_AT_ONCE) {
    const length = Math.min(SCALED_AT_ONCE, present.length - start);
    const rows = Int32Array.from({ length }, (_, index) => start + index);
    data.set(scaling.apply(modalityMatrix(modality, rows)).data, start * columns);
  }
  for (const [row, isThere] of present.entries()) {
    if (isThere === 0) data.fill(0, row * columns, (row + 1) * columns);
  }
  return { name, kind: "features", shape: [columns], data, present, contentOf };
}

/** Embeds both modalities in the common space and has no other output. */
function mappingModel(
  { from, to }: { readonly from: string; readonly to: string },
  { dimension, mapFrom, mapTo, predicts }: AlignmentNetwork,
  store: ParameterStore,
): Model {
  const mapped = (batch: Batch, name: string, map: (rows: Tensor2D) => Tensor2D) => {
    const rows = batch.inputs.get(name);
    if (rows === undefined) return [];
    const embedding = map(reshape<Rank.R2>(rows, [batch.rows, -1]));
    return [[name, { embedding, output: zeros<Rank.R2>([batch.rows, 0]) }] as const];
  };
  return {
    parameters: store.parameters,
    modalities: [from, to],
    dimension,
    outputs: 0,
    forward: (batch) => new Map([...mapped(batch, from, mapFrom), ...mapped(batch, to, mapTo)]),
    measure(embeddings) {
      const [own, other] = [embeddings.get(from), embeddings.get(to)];
      if (!predicts || own === undefined || other === undefined) return {};
      return { ...predictionMetrics(toDense(own), toDense(other)) };
    },
    dispose: store.dispose,
  };
}
