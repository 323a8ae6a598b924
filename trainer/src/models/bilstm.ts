import { gather, type Rank, reshape, type Tensor, transpose } from "@tensorflow/tfjs-core";
import type { BilstmModel } from "../../../core/experiment/experiment.ts";
import { type Dataset, type ModalityData, outputWidth } from "../dataset.ts";
import { allStates, bidirectional, finalStates } from "../layers/bidirectional.ts";
import { dense } from "../layers/dense.ts";
import { createParameterStore } from "../layers/parameter-store.ts";
import { sequenceEnds } from "../layers/sequence-ends.ts";
import { modelKind } from "../model.ts";
import { modelInput, readsOne } from "../model-input.ts";

/**
 * Token vectors `embedding.weight` [vocabulary, embedding], then `layers` memories that read each
 * row both ways, `lstm.layer0.forward.weight_ih` and so on; the last states of both ways, side by
 * side, go through `fc`. Dropout stands behind the token vectors, every layer and the last states.
 *
 * A row ends with its last token that is no padding, and no memory reads beyond it, as with
 * PyTorch's `pack_padded_sequence`. A row of padding alone has states of 0.
 *
 * @see Schuster & Paliwal 1997, doi:10.1109/78.650093.
 */
export const bilstm = modelKind("bilstm", readsOne(inputOf), (settings, dataset, seed) => {
  const text = inputOf(settings, dataset);
  const vocabulary = text.vocabulary?.length ?? 1;
  const { embedding: width, units, dropout: rate } = settings;
  const store = createParameterStore(seed);
  const table = store.weight("embedding.weight", [vocabulary, width], 1);
  const first = bidirectional(store, "lstm.layer0", width, units);
  const others = Array.from({ length: settings.layers - 1 }, (_, index) =>
    bidirectional(store, `lstm.layer${index + 1}`, 2 * units, units),
  );
  const outputs = outputWidth(dataset);
  const last = dense(store, "fc", { inputs: 2 * units, outputs, gain: 1 });
  return {
    parameters: store.parameters,
    modalities: [text.name],
    outputs,
    forward(batch, dropout) {
      const tokens = batch.inputs.get(text.name);
      if (tokens === undefined) return new Map();
      const drop = <Kind extends Tensor>(input: Kind, name: string) =>
        dropout?.apply(input, name, rate) ?? input;
      const ends = sequenceEnds(tokens);
      const vectors = gather(reshape<Rank.R2>(table, [vocabulary, width]), transpose(tokens));
      const embedded = drop(reshape<Rank.R3>(vectors, [ends.times, ends.rows, width]), "embedding");
      let states = first(embedded, ends);
      for (const [index, layer] of others.entries()) {
        states = layer(drop(allStates(states, ends), `lstm.layer${index}`), ends);
      }
      return new Map([[text.name, { output: last(drop(finalStates(states, ends), "fc")) }]]);
    },
    dispose: store.dispose,
  };
});

function inputOf({ modality }: BilstmModel, dataset: Dataset): ModalityData {
  return modelInput("bilstm", dataset, modality, ["tokens"]);
}
