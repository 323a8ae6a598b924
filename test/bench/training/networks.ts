import type { ModelSettings } from "../../../core/experiment/experiment.ts";

/** A network that is trained beside PyTorch; `networks.py` has the same ones by the same names. */
export interface Network {
  readonly name: string;
  readonly title: string;
  readonly model: ModelSettings;
  readonly input: "image" | "numbers" | "text";
  readonly classes: number;
  /** Steps of a round. */
  readonly steps: number;
  /** Ours over PyTorch's, to be reached: samples per second. */
  readonly bar: number;
}

export const BATCH_SIZE = 64;
/** Rows to draw batches from. */
export const ROWS = 1024;
export const TOKENS = 100;
export const VOCABULARY = 25_000;

const bilstm = (units: number): ModelSettings => ({
  type: "bilstm",
  embedding: 100,
  units,
  layers: 2,
  dropout: 0.5,
});

export const NETWORKS: readonly Network[] = [
  {
    name: "mlp",
    title: "MLP 784-512-256-10",
    model: { type: "mlp", hidden: [512, 256], dropout: 0 },
    input: "numbers",
    classes: 10,
    steps: 100,
    bar: 2,
  },
  {
    name: "cnn",
    title: "CNN 32×32×3, 32 and 64 channels, 128 hidden",
    model: { type: "cnn", channels: [32, 64], hidden: [128], dropout: 0 },
    input: "image",
    classes: 10,
    steps: 15,
    bar: 1.5,
  },
  {
    name: "bilstm128",
    title: "bi-LSTM, 2 layers of 128 each way, dropout 0.5, 100 tokens",
    model: bilstm(128),
    input: "text",
    classes: 2,
    steps: 3,
    bar: 1.2,
  },
  {
    name: "bilstm256",
    title: "bi-LSTM, 2 layers of 256 each way, dropout 0.5, 100 tokens",
    model: bilstm(256),
    input: "text",
    classes: 2,
    steps: 2,
    bar: 1,
  },
];
