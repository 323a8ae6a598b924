import type { Span } from "../../../core/protocol/span.ts";
import type { ConfigNode, ConfigTree } from "../syntax/config/config-tree.ts";
import type { ConfigPath } from "./path-pattern.ts";
import { spanAtPath } from "./span-at-path.ts";

/** Where an experiment file makes a layer of its model. */
export interface ExperimentLayer {
  readonly span: Span;
  /** `model.hidden[0]` */
  readonly key: string;
  /** True where the file does not write the key: its default makes the layer, and a key around it is shown. */
  readonly isAround: boolean;
}

const MODALITIES = ["image", "text", "audio"];

/** The key of an experiment file that makes a parameter's layer; `undefined` for names of no layer of its model. */
export function experimentLayer(tree: ConfigTree, name: string): ExperimentLayer | undefined {
  const model = child(tree.roots[0], "model");
  const type = textAt(model, "type");
  const steps = name.split(".").slice(0, -1);
  const path =
    type === undefined ? undefined : (layerPath(type, steps, model) ?? ownLayer(type, name));
  if (path === undefined) return undefined;
  const full: ConfigPath = ["model", ...path];
  return {
    span: spanAtPath(tree, full, "value"),
    key: full.map((step, index) => keyText(step, index)).join(""),
    isAround: !isWritten(tree.roots[0], full),
  };
}

const keyText = (step: string | number, index: number): string => {
  if (typeof step === "number") return `[${step}]`;
  return index === 0 ? step : `.${step}`;
};

/** `coef` and `intercept` of a model that a solver fitted. */
function ownLayer(type: string, name: string): ConfigPath | undefined {
  const isLinear = /^(?:linear|logistic|softmax)$/.test(type);
  return isLinear && /^(?:coef|intercept)$/.test(name) ? ["type"] : undefined;
}

function layerPath(
  type: string,
  steps: readonly string[],
  model: ConfigNode | undefined,
): ConfigPath | undefined {
  const layer = steps.join(".");
  switch (type) {
    case "linear":
    case "logistic":
    case "softmax":
      return layer === "fc" ? ["type"] : undefined;
    case "mlp":
      return denseOrOutput(layer, model);
    case "cnn":
      return numbered(layer, "conv", "channels") ?? denseOrOutput(layer, model);
    case "bilstm":
      return bilstmPath(layer);
    case "towers":
      return towersPath(steps);
    default:
      return undefined;
  }
}

/** `conv2` is the second of `model.channels`. */
function numbered(layer: string, start: string, key: string): ConfigPath | undefined {
  const digits = layer.startsWith(start) ? layer.slice(start.length) : "";
  return /^[1-9]\d*$/.test(digits) ? [key, Number(digits) - 1] : undefined;
}

/** The last dense layer has the width of what is to be predicted, so no key of its own. */
function denseOrOutput(layer: string, model: ConfigNode | undefined): ConfigPath | undefined {
  const path = numbered(layer, "fc", "hidden");
  const hidden = child(model, "hidden");
  const isLast = hidden?.kind === "sequence" && path?.[1] === hidden.items.length;
  return isLast ? ["type"] : path;
}

function bilstmPath(layer: string): ConfigPath | undefined {
  if (layer === "embedding") return ["embedding"];
  if (/^lstm\.layer\d+\.(?:forward|backward)$/.test(layer)) return ["layers"];
  return layer === "fc" ? ["type"] : undefined;
}

function towersPath([part = "", inner = "", ...more]: readonly string[]): ConfigPath | undefined {
  if (part === "head" && inner === "") return ["type"];
  if (part === "decoder" && inner === "") return ["private_part"];
  if (part === "shared") {
    return inner === "out" ? ["embedding"] : numbered(inner, "fc", "shared");
  }
  if (!MODALITIES.includes(part)) return undefined;
  if (inner === "private") {
    const [last = ""] = more;
    return last === "out" ? ["private_part"] : numbered(last, "fc", "private_part");
  }
  if (inner === "out" || inner === "embed" || /^conv\d+$/.test(inner)) return ["private", part];
  const [, index] = numbered(inner, "fc", part) ?? [];
  return index === undefined ? undefined : ["private", part, index];
}

function child(node: ConfigNode | undefined, key: string | number): ConfigNode | undefined {
  if (node?.kind === "mapping") return node.entries.find((entry) => entry.key === key)?.value;
  return node?.kind === "sequence" && typeof key === "number" ? node.items[key] : undefined;
}

function textAt(node: ConfigNode | undefined, key: string): string | undefined {
  const value = child(node, key);
  return value?.kind === "scalar" ? value.text : undefined;
}

function isWritten(root: ConfigNode | undefined, path: ConfigPath): boolean {
  return path.reduce<ConfigNode | undefined>((node, step) => child(node, step), root) !== undefined;
}

/** Whether both files describe the same model, however they are laid out. */
export function hasSameModel(a: ConfigTree, b: ConfigTree): boolean {
  return writtenForm(child(a.roots[0], "model")) === writtenForm(child(b.roots[0], "model"));
}

function writtenForm(node: ConfigNode | undefined): string {
  switch (node?.kind) {
    case "scalar":
      return JSON.stringify(node.text);
    case "sequence":
      return `[${node.items.map(writtenForm).join(",")}]`;
    case "mapping":
      return `{${node.entries
        .map(({ key, value }) => `${JSON.stringify(key)}:${writtenForm(value)}`)
        .sort()
        .join(",")}}`;
    default:
      return node?.kind ?? "";
  }
}
