import { isLinear } from "./linear-conflicts.ts";
import { isTrainedAlignment } from "./own-objective.ts";

/**
 * The ways from an experiment file to a finished run, each with what does the work. A key of the
 * schema holds for those that its `x-for` names.
 */
export const WAYS = {
  network: "a model that is trained by steps",
  trained_alignment: "a map between modalities",
  fitted_alignment: "a map that is found without steps",
  solver: "the solver of linear models",
  clustering: "k-means",
} as const;
export type Way = keyof typeof WAYS;

const NETWORKS: readonly string[] = ["towers", "mlp", "cnn", "bilstm"];

/** How an experiment is run, by the content of its file; `undefined` where that does not say. Total. */
export function wayOf(file: unknown): Way | undefined {
  const type = textAt(file, "model", "type") ?? "";
  if (NETWORKS.includes(type)) return "network";
  if (type === "kmeans") return "clustering";
  if (isLinear(type)) {
    return textAt(file, "training", "solver") === "gradient_descent" ? "network" : "solver";
  }
  const method = textAt(file, "model", "method");
  if (type !== "alignment" || method === undefined) return undefined;
  return isTrainedAlignment({ type, method }) ? "trained_alignment" : "fitted_alignment";
}

function textAt(file: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(file, path);
  return typeof found === "string" ? found : undefined;
}

/** What stands at `path` below `value`; `undefined` where there is no such place. Total. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (holder, key) =>
      typeof holder === "object" && holder !== null
        ? new Map<string, unknown>(Object.entries(holder)).get(key)
        : undefined,
    value,
  );
}
