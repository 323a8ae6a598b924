import { add, matMul, type Rank, relu, type Tensor2D, zeros } from "@tensorflow/tfjs-core";
import { MODALITIES, type TowersModel } from "../../../core/experiment/experiment.ts";
import { type Dataset, type ModalityData, outputWidth } from "../dataset.ts";
import { dense, denseStack, type Layer } from "../layers/dense.ts";
import { createParameterStore, type ParameterStore } from "../layers/parameter-store.ts";
import { unitLength } from "../layers/unit-length.ts";
import { modelKind, type SeparatedParts } from "../model.ts";
import { UserError } from "../user-error.ts";
import { audioEncoder } from "./towers/audio-encoder.ts";
import type { Encoder } from "./towers/encoder.ts";
import { featuresEncoder } from "./towers/features-encoder.ts";
import { imageEncoder } from "./towers/image-encoder.ts";
import { textEncoder } from "./towers/text-encoder.ts";

/**
 * One tower per modality, private at the bottom and shared at the top.
 *
 * modality k: private encoder → `k.out` (linear, to the width of the first shared layer) → ReLU →
 * `shared.fc1` … (dense, ReLU) → `shared.out` (linear) = e. The embedding is e/√(‖e‖² + 10⁻⁶), on
 * the unit sphere; `head` maps the same e to the logits of the classes. Without classes or targets
 * there is no head, and the towers only embed.
 *
 * With `private_part` a tower has a second end that no other shares: `k.private.fc1` … `k.private.out` make
 * p of the features that enter the shared layers, and one linear `decoder` makes the features of e + p
 * again. Embedding and head are of e alone.
 *
 * @see Bousmalis et al. 2016, arXiv:1608.06019, figure 1: private and shared encoders with one decoder.
 */
export const towers = modelKind("towers", readsNamed, (settings, dataset, seed) => {
  const store = createParameterStore(seed);
  const width = settings.shared[0] ?? settings.embedding;
  const encoders = chooseModalities(settings, dataset).map((modality) =>
    createTower(store, modality, settings.private[modality.name] ?? [], width),
  );
  const shared = denseStack(store, "shared", width, settings.shared);
  const out = dense(store, "shared.out", {
    inputs: settings.shared.at(-1) ?? width,
    outputs: settings.embedding,
    gain: 1,
  });
  const outputs = outputWidth(dataset);
  const head =
    outputs === 0
      ? (joint: Tensor2D) => zeros<Rank.R2>([joint.shape[0], 0])
      : dense(store, "head", { inputs: settings.embedding, outputs, gain: 1 });
  const parts = settings.private_part;
  const separation =
    parts === undefined
      ? undefined
      : createSeparation(store, encoders, { width, hidden: parts, embedding: settings.embedding });

  return {
    parameters: store.parameters,
    modalities: encoders.map(({ name }) => name),
    dimension: settings.embedding,
    outputs,
    forward: (batch) =>
      new Map(
        encoders.flatMap(({ name, tower }) => {
          const input = batch.inputs.get(name);
          if (input === undefined) return [];
          const features = relu(tower.encode(input));
          const joint = out(shared(features));
          const separated = separation?.(name, features, joint);
          return [
            [
              name,
              {
                embedding: unitLength(joint),
                features,
                output: head(joint),
                ...(separated === undefined ? {} : { separated }),
              },
            ],
          ];
        }),
      ),
    dispose: store.dispose,
  };
});

interface PartWidths {
  /** Of the features that enter the shared layers. */
  readonly width: number;
  readonly hidden: readonly number[];
  readonly embedding: number;
}

/** The parts of a modality's features, by its name. */
function createSeparation(
  store: ParameterStore,
  modalities: readonly { readonly name: string }[],
  widths: PartWidths,
): (name: string, features: Tensor2D, shared: Tensor2D) => SeparatedParts | undefined {
  const maps = new Map(
    modalities.map(({ name }) => [name, privateEnd(store, `${name}.private`, widths)]),
  );
  const decoder = dense(store, "decoder", {
    inputs: widths.embedding,
    outputs: widths.width,
    gain: 1,
  });
  return (name, features, shared) => {
    const own = maps.get(name)?.(features);
    if (own === undefined) return undefined;
    return { shared, private: own, reconstruction: decoder(add(shared, own)) };
  };
}

/** Without a bias: the difference would not feel it, and the decoder has one. */
function privateEnd(
  store: ParameterStore,
  name: string,
  { width, hidden, embedding }: PartWidths,
): Layer {
  const layers = denseStack(store, name, width, hidden);
  const inputs = hidden.at(-1) ?? width;
  const weight = store.weight(`${name}.out.weight`, [inputs, embedding], Math.sqrt(1 / inputs));
  return (features) => matMul<Tensor2D>(layers(features), weight);
}

function readsNamed(settings: TowersModel, dataset: Dataset): readonly string[] {
  const names = chooseModalities(settings, dataset).map(({ name }) => name);
  if (names.length > 0) return names;
  const found = dataset.modalities.map(({ name }) => name).join(", ");
  throw new UserError(
    "model-input",
    `\`towers\` reads ${MODALITIES.join(", ")}, and the data has ${found}`,
    "Choose another model or other data",
  );
}

function chooseModalities(settings: TowersModel, dataset: Dataset) {
  return MODALITIES.flatMap((name) => {
    const modality = dataset.modalities.find((candidate) => candidate.name === name);
    return settings.private[name] === undefined || modality === undefined
      ? []
      : [{ ...modality, name }];
  });
}

function createTower(
  store: ParameterStore,
  modality: ModalityData,
  widths: readonly number[],
  width: number,
): { readonly name: string; readonly tower: Encoder } {
  const encoder = createEncoder(store, modality, widths);
  const out = dense(store, `${modality.name}.out`, {
    inputs: encoder.width,
    outputs: width,
    gain: 2,
  });
  return { name: modality.name, tower: { width, encode: (input) => out(encoder.encode(input)) } };
}

function createEncoder(
  store: ParameterStore,
  { name, kind, shape, vocabulary }: ModalityData,
  widths: readonly number[],
): Encoder {
  switch (kind) {
    case "image":
      return imageEncoder(store, { name, shape }, widths);
    case "tokens":
      return textEncoder(store, name, vocabulary?.length ?? 1, widths);
    case "spectrogram":
      return audioEncoder(store, name, shape, widths);
    case "features":
      return featuresEncoder(store, name, shape, widths);
  }
}
