import path from "node:path";
import type { Way } from "../../core/experiment/experiment-way.ts";

const EXAMPLES = path.resolve("examples/data");

/** Data of each source that are read in a moment; `regression` is a table with a number to predict. */
export const DATA = {
  csv: "{ source: csv, path: points.csv, task: classification, target: kind, features: [a, b] }",
  regression: "{ source: csv, path: points.csv, task: regression, target: y, features: [a, b] }",
  parquet: `{ source: parquet, path: ${EXAMPLES}/petals.parquet, task: classification, target: kind }`,
  arrays: "{ source: arrays, path: cube.npy, task: classification, target: labels.npy }",
  pairs:
    "{ source: pairs, modalities: { image: { path: image.npy }, text: text.npy }, labels: { path: labels.npy } }",
  trio: "{ source: trio, samples: 60, image_size: 8 }",
  cifar10: `{ source: cifar10, path: ${EXAMPLES}/cifar-10-batches-bin }`,
  imdb: `{ source: imdb, path: ${EXAMPLES}/aclImdb, length: 8, vocabulary: 20 }`,
  captioned_images: `{ source: captioned_images, path: captions.jsonl, images: ${EXAMPLES}/captioned, image_size: 8, length: 4, vocabulary: 5 }`,
} as const;
export type Source = keyof typeof DATA;

const SHORT = "{ epochs: 2, batch_size: 16, backend: wasm, snapshot_every: 2 }";
const CLASSES = `objective: { loss: cross_entropy }\ntraining: ${SHORT}`;
const TOWERS = `model: { type: towers, private: { image: [4], text: [4] }, shared: [4], embedding: 2 }\n${CLASSES}`;
const FEATURES: Readonly<Record<Way, string>> = {
  network: `model: { type: mlp, hidden: [3] }\n${CLASSES}`,
  solver:
    "model: { type: softmax }\nobjective: { loss: cross_entropy }\npenalty: [{ norm: l2, lambda: 0.1 }]",
  clustering: "model: { type: kmeans, clusters: 2, starts: 2 }",
  fitted_alignment: "model: { type: alignment, method: ridge, from: features, to: features }",
  trained_alignment: `model: { type: alignment, method: mlp, from: features, to: features, map_hidden: [] }\ntraining: ${SHORT}`,
};
const REGRESSION =
  "model: { type: linear }\nobjective: { loss: half_mse }\npenalty: [{ norm: l1, lambda: 0.1 }]";

/** One modality in place of the `features` of a table. */
function reading(name: string, network: string): Readonly<Record<Way, string>> {
  const named = (way: Way) => FEATURES[way].replaceAll(": features", `: ${name}`);
  return {
    network: `model: ${network}\n${CLASSES}`,
    solver: FEATURES.solver,
    clustering: FEATURES.clustering.replace("kmeans", `kmeans, modality: ${name}`),
    fitted_alignment: named("fitted_alignment"),
    trained_alignment: named("trained_alignment"),
  };
}

const VIEWS: Readonly<Record<Way, string>> = {
  ...reading("image", ""),
  network: TOWERS,
  fitted_alignment: FEATURES.fitted_alignment
    .replace("features", "image")
    .replace("features", "text"),
  trained_alignment: FEATURES.trained_alignment
    .replace("features", "image")
    .replace("features", "text"),
};
const CNN = "{ type: cnn, channels: [2], hidden: [3] }";

/** What is done with the data of a source, in each way. */
export const MODELS: Readonly<Record<Source, Readonly<Record<Way, string>>>> = {
  csv: FEATURES,
  regression: {
    ...FEATURES,
    network: FEATURES.network.replace("cross_entropy", "mse"),
    solver: REGRESSION,
  },
  parquet: FEATURES,
  arrays: FEATURES,
  pairs: VIEWS,
  trio: VIEWS,
  captioned_images: VIEWS,
  cifar10: reading("image", CNN),
  imdb: reading("text", "{ type: bilstm, embedding: 2, units: 2, layers: 1 }"),
};

/** An experiment that a key is put into, and the value that it is then given. */
export interface KeyCase {
  readonly value: string;
  readonly source: Source;
  /** Values of other keys, both times. */
  readonly needs?: readonly string[];
  /** Ways that the key takes effect in; it is refused in the others. */
  readonly ways: readonly Way[];
}

const EVERY: readonly Way[] = [
  "network",
  "solver",
  "clustering",
  "fitted_alignment",
  "trained_alignment",
];
const STEPPED: readonly Way[] = ["network", "trained_alignment"];
const PAIRED: readonly Way[] = ["network", "solver", "fitted_alignment", "trained_alignment"];
const PAIRS: readonly Source[] = ["pairs", "trio", "captioned_images"];
const SOLVABLE: readonly Source[] = ["csv", "regression", "parquet", "arrays", "pairs"];

/** Data of pictures and words have no features to solve for, and one modality is mapped to nothing. */
function data(source: Source, value: string, ...needs: readonly string[]): KeyCase {
  const ways = EVERY.filter((way) =>
    way === "solver"
      ? SOLVABLE.includes(source)
      : PAIRS.includes(source) || !way.endsWith("alignment"),
  );
  return { source, value, needs, ways };
}

function only(ways: readonly Way[], source: Source, value: string, ...needs: readonly string[]) {
  return { ways, source, value, needs };
}

const network = only.bind(undefined, ["network"], "pairs");
const fitted = (method: string, value: string, ...needs: readonly string[]) =>
  only(["fitted_alignment"], "pairs", value, `model.method=${method}`, ...needs);
const contrastive = (value: string) =>
  only(["trained_alignment"], "pairs", value, "model.method=contrastive");
const kmeans = (value: string, ...needs: readonly string[]) =>
  only(["clustering"], "pairs", value, ...needs);
const stepped = only.bind(undefined, STEPPED, "pairs");
const model = (settings: string) => `model={ ${settings} }`;
const KFOLD = "split={ method: kfold, folds: 3 }";
const LASSO = "penalty=[{ norm: l1 }]";
const DECAY = "penalty=[{ norm: l2, lambda: 0.1 }]";
/** So early in a training λ moves only where the Hessian is damped. */
const DAMPED = "select={ rule: hypergradient, every: 1, damping: 5 }";
const LEARNED = "select={ rule: hypergradient, every: 1 }";
const RIDGE = "penalty=[{ norm: l2, convention: half_mean }]";
const select = (value: string, ...needs: readonly string[]) =>
  only(["solver"], "regression", value, ...needs);
const chosen = (value: string, ...needs: readonly string[]) =>
  only(["network"], "csv", value, ...needs);
const TERM = (loss: string) => `objective.alignment={ loss: ${loss} }`;
const TEACHING = (method: string) =>
  `objective.transfer={ from: text, to: image, method: ${method} }`;
const TREE = "objective.task={ method: hierarchy, parents: { 0: all, 1: all } }";

/**
 * For every key of the sections below, what shows that it is not ignored. `image` stands for the
 * other modalities, whose keys are the same.
 */
export const CASES: Readonly<Record<string, readonly KeyCase[]>> = {
  "data.samples": [data("trio", "50")],
  "data.seed": [data("trio", "3"), data("csv", "3", "data.max_rows=40")],
  "data.noise": [data("trio", "0.5")],
  "data.image_size": [data("trio", "10"), data("captioned_images", "10")],
  "data.missing.image": [data("trio", "0.2")],
  "data.mispaired.image": [data("trio", "0.5")],
  "data.mispaired": [
    only(["network", "fitted_alignment", "trained_alignment"], "trio", "0.5"),
    only(["clustering"], "trio", "0.5", "model.modality=text"),
  ],
  "data.path": [data("csv", "more.csv")],
  "data.task": [data("csv", "regression")],
  "data.target": [data("csv", "side")],
  "data.features": [data("csv", "[a]")],
  "data.kind": [data("arrays", "image")],
  "data.categorical": [data("csv", "[code]", "data.features=[a, code]")],
  "data.missing_values": [data("csv", "median", "data.path=holes.csv", "data.missing_values=mean")],
  "data.standardize": [data("csv", "true"), data("pairs", "true")],
  "data.max_rows": [data("csv", "40"), data("pairs", "40")],
  "data.delimiter": [data("csv", '"|"')],
  "data.decimal": [data("csv", '","')],
  "data.missing_policy": [data("pairs", "drop")],
  "data.mispaired_policy": [only(PAIRED, "pairs", "ignore")],
  "data.modalities.image": [data("pairs", "other.npy")],
  "data.modalities.image.path": [data("pairs", "other.npy")],
  "data.modalities.image.array": [
    data("pairs", "second", "data.modalities.image={ path: views.npz, array: first }"),
  ],
  "data.labels": [data("pairs", "others.npy")],
  "data.labels.path": [data("pairs", "others.npy")],
  "data.labels.array": [data("pairs", "others", "data.labels={ path: labels.npz, array: kinds }")],
  "data.scale": [data("pairs", "unit_norm")],
  "data.vocabulary": [data("imdb", "5")],
  "data.length": [data("imdb", "4")],
  "data.images": [data("captioned_images", ".")],
  "data.captions": [data("captioned_images", "all")],
  "data.missing_images": [
    data("captioned_images", "mark", "data.path=lost.jsonl", "data.missing_images=drop"),
  ],

  "split.method": [
    select("kfold", LASSO, "select={}"),
    chosen("kfold", RIDGE, "select={ lambda: [1] }"),
  ],
  "split.validation": [data("pairs", "0.3")],
  "split.test": [data("pairs", "0.3")],
  "split.folds": [
    chosen("4", RIDGE, "select={ lambda: [1] }", KFOLD),
    select("4", LASSO, "select={}", KFOLD),
  ],
  "split.shuffle": [
    chosen("false", RIDGE, "select={ lambda: [1] }", KFOLD),
    select("false", LASSO, "select={}", KFOLD),
  ],
  "split.stratify": [data("pairs", "false")],
  "split.seed": [data("pairs", "5")],
  "split.group": [data("csv", "who")],
  "split.order": [data("csv", "day")],

  "model.private.image": [network("[5]")],
  "model.shared": [network("[5]")],
  "model.private_part": [network("[3]", "model.private_part=[2]", "objective.separation={}")],
  "model.embedding": [network("3"), only(["network"], "imdb", "4")],
  "model.modality": [
    network("text", model("type: mlp, modality: image, hidden: [3]")),
    kmeans("text"),
  ],
  "model.channels": [only(["network"], "cifar10", "[3]")],
  "model.hidden": [only(["network"], "cifar10", "[4]"), only(["network"], "csv", "[4]")],
  "model.units": [only(["network"], "imdb", "3")],
  "model.layers": [only(["network"], "imdb", "2")],
  "model.dropout": [only(["network"], "imdb", "0.2"), only(["network"], "csv", "0.5")],
  "model.method": [
    fitted("ridge", "procrustes"),
    only(["trained_alignment"], "pairs", "contrastive"),
  ],
  "model.from": [only(["fitted_alignment", "trained_alignment"], "trio", "audio")],
  "model.to": [only(["fitted_alignment", "trained_alignment"], "trio", "audio")],
  "model.scaling": [
    only(["clustering", "fitted_alignment", "trained_alignment"], "pairs", "standardize"),
  ],
  "model.matrix": [fitted("given", "v.csv", "model.matrix=w.csv")],
  "model.lambda": [fitted("ridge", "50")],
  "model.rotation": [fitted("procrustes", "true", "model.to=image", "model.from=text")],
  "model.scale": [fitted("procrustes", "false")],
  "model.components": [fitted("cca", "2")],
  "model.regularization": [fitted("cca", "1")],
  "model.map_hidden": [only(["trained_alignment"], "pairs", "[3]")],
  "model.dimension": [contrastive("3")],
  "model.temperature": [contrastive("1")],
  "model.learn_temperature": [contrastive("true")],
  "model.epsilon": [fitted("sinkhorn", "0.5"), fitted("gromov_wasserstein", "0.5")],
  "model.max_rows": [fitted("sinkhorn", "8"), fitted("gromov_wasserstein", "20")],
  "model.anchors": [fitted("sinkhorn", "5")],
  "model.rounds": [fitted("sinkhorn", "1")],
  "model.radius": [fitted("dtw", "0", "model.frames_from=4", "model.frames_to=4")],
  "model.frames_from": [fitted("dtw", "2", "model.frames_from=4", "model.frames_to=4")],
  "model.frames_to": [fitted("dtw", "2", "model.frames_from=4", "model.frames_to=4")],
  "model.clusters": [kmeans("3")],
  "model.starts": [kmeans("3")],
  "model.max_iterations": [kmeans("1")],

  "objective.loss": [network("hinge"), only(["solver"], "regression", "mse")],
  "objective.alignment.loss": [network("triplet", TERM("info_nce"))],
  "objective.alignment.weight": [network("5", TERM("info_nce"))],
  "objective.alignment.temperature": [network("1", TERM("info_nce"))],
  "objective.alignment.learn_temperature": [network("true", TERM("info_nce"))],
  "objective.alignment.bias": [network("-1", TERM("sigmoid"))],
  "objective.alignment.margin": [network("1", TERM("triplet"))],
  "objective.alignment.mining": [network("all", TERM("triplet"))],
  "objective.separation.difference": [
    network("5", "model.private_part=[]", "objective.separation={}"),
  ],
  "objective.separation.reconstruction": [
    network("5", "model.private_part=[]", "objective.separation={}"),
  ],
  "objective.labelled.image": [network("0.2")],
  "objective.task.method": [
    network("hierarchy", "objective.task={ method: label_map, map: { 0: a, 1: b } }"),
  ],
  "objective.task.map": [
    network("{ 0: a, 1: a }", "objective.task={ method: label_map, map: { 0: a, 1: b } }"),
  ],
  "objective.task.parents": [network("{ 0: a, 1: b }", TREE)],
  "objective.task.weight": [
    network("5", "objective.task={ method: hierarchy, parents: { 0: a, 1: b } }"),
  ],
  "objective.transfer.from": [
    only(["network"], "trio", "audio", "model.private.audio=[4]", TEACHING("hints")),
  ],
  "objective.transfer.to": [
    only(["network"], "trio", "audio", "model.private.audio=[4]", TEACHING("hints")),
  ],
  "objective.transfer.method": [network("hints", TEACHING("relational"))],
  "objective.transfer.weight": [network("5", TEACHING("hints"))],
  "objective.transfer.temperature": [network("5", TEACHING("distillation"))],
  "objective.transfer.map": [network("{ 0: 1 }", TEACHING("label_map"))],

  "training.optimizer": [stepped("sgd")],
  "training.learning_rate": [stepped("0.1")],
  "training.schedule.type": [stepped("linear")],
  "training.schedule.warmup": [stepped("3")],
  "training.schedule.factor": [stepped("0.5", "training.schedule.type=exponential")],
  "training.schedule.every": [stepped("1", "training.schedule.type=step")],
  "training.schedule.final": [stepped("0.5", "training.schedule.type=linear")],
  "training.gradient_clip.method": [stepped("value", "training.gradient_clip={ limit: 0.001 }")],
  "training.gradient_clip.limit": [stepped("0.001", "training.gradient_clip={ limit: 1 }")],
  "training.momentum": [stepped("0.5", "training.optimizer=momentum")],
  "training.weight_decay": [stepped("10", "training.optimizer=adamw")],
  "training.batch_size": [stepped("8")],
  "training.epochs": [stepped("3")],
  "training.seed": [
    only(["network", "trained_alignment", "clustering"], "pairs", "9"),
    fitted("gromov_wasserstein", "9", "model.max_rows=20"),
  ],
  "training.backend": [stepped("cpu")],
  "training.log_every": [stepped("1")],
  "training.snapshot_every": [stepped("1")],

  "select.rule": [
    select("one_se", LASSO, KFOLD, "select={ rule: best }"),
    chosen("one_se", RIDGE, KFOLD, "select={ lambda: [1, 0.1] }"),
  ],
  "select.lambda": [
    select("[1, 0.1]", LASSO, "select={}"),
    chosen("[1]", RIDGE, "select={ lambda: [2] }"),
  ],
  "select.lambda.path": [select("5", LASSO, "select={ lambda: { path: 4 } }")],
  "select.lambda.ratio": [select("0.1", LASSO, "select={ lambda: { path: 4 } }")],
  "select.lambda.largest": [select("1", LASSO, "select={ lambda: { path: 4 } }")],
  "select.penalty": [
    chosen(
      "1",
      "penalty=[{ norm: l2, lambda: 1 }, { norm: l1, lambda: 1 }]",
      "select={ lambda: [0.5], penalty: 0 }",
    ),
  ],
  "select.warm_start": [chosen("true", RIDGE, "select={ lambda: [1, 0.1] }")],
  "select.learning_rate": [chosen("1e-4", DECAY, DAMPED)],
  "select.every": [chosen("2", DECAY, LEARNED)],
  "select.products": [chosen("1", DECAY, LEARNED)],
  "select.rows": [chosen("5", DECAY, LEARNED)],
  "select.damping": [chosen("5", DECAY, LEARNED)],
  "select.groups": [select("{ one: a }", RIDGE, "select={ rule: evidence }")],
};

/** Keys that other tests show to take effect, and which. */
export const SHOWN_ELSEWHERE: Readonly<Record<string, string>> = {
  // They say which of the cases above it is.
  "data.source": "test/trainer/data/example-experiments.test.ts",
  "model.type": "test/trainer/models/single-input-models.test.ts",
  "training.solver": "test/trainer/procedures/linear.test.ts",
  // Only on TensorFlow, and only while a run goes on.
  "training.compile": "test/trainer/compiled/compilation.test.ts",
  "training.checkpoint_every": "test/trainer/resume.test.ts",
};
