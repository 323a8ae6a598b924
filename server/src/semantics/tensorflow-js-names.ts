/** Layers whose name in Python is more than a capital letter away. */
const LAYERS: Readonly<Record<string, string>> = {
  lstm: "LSTM",
  lstmCell: "LSTMCell",
  gru: "GRU",
  gruCell: "GRUCell",
  rnn: "RNN",
  simpleRNN: "SimpleRNN",
  elu: "ELU",
  reLU: "ReLU",
};

const TOP: Readonly<Record<string, string>> = {
  sequential: "keras.Sequential",
  model: "keras.Model",
  input: "keras.Input",
  Sequential: "keras.Sequential",
  LayersModel: "keras.Model",
  loadLayersModel: "keras.models.load_model",
};

/** Parts of the library; what is in them is told when it is named. */
const MODULES = new Set(
  "layers regularizers constraints callbacks initializers losses metrics image linalg signal spectral data models math train".split(
    " ",
  ),
);

const capital = (id: string): string => id.slice(0, 1).toUpperCase() + id.slice(1);
const snake = (id: string): string => id.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase();

const layerName = (id: string): string =>
  LAYERS[id] ?? capital(id).replace(/(\d)d(?![a-z])/, "$1D");

/**
 * What a name of TensorFlow.js is called in Python: its layers are Keras's, its operations are
 * TensorFlow's. `tfjs.train.…` stays, for its optimizers take other arguments.
 */
export function tensorflowJsName(name: string): string {
  const [, module = "", ...path] = name.split(".");
  const [leaf = ""] = path;
  if (module === "train") return name;
  if (path.length === 0) {
    if (MODULES.has(module)) return name;
    return Object.hasOwn(TOP, module) ? (TOP[module] ?? name) : `tensorflow.${snake(module)}`;
  }
  if (path.length > 1) return name;
  switch (module) {
    case "layers":
      return `keras.layers.${layerName(leaf)}`;
    case "regularizers":
      return `keras.regularizers.${leaf === "l1l2" ? "l1_l2" : leaf}`;
    case "constraints":
    case "callbacks":
      return `keras.${module}.${capital(leaf)}`;
    default:
      return `tensorflow.${module}.${snake(leaf)}`;
  }
}
