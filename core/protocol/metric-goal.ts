export type MetricGoal = "minimize" | "maximize";

/** Measures with a better side, without the part they were measured on and what follows them. */
const GOALS: Readonly<Record<string, MetricGoal>> = {
  loss: "minimize",
  data_loss: "minimize",
  cross_entropy: "minimize",
  half_mse: "minimize",
  hinge: "minimize",
  huber: "minimize",
  logistic: "minimize",
  mse: "minimize",
  info_nce: "minimize",
  sigmoid: "minimize",
  squared_distance: "minimize",
  triplet: "minimize",
  rmse: "minimize",
  inertia: "minimize",
  median_rank: "minimize",
  modality_gap: "minimize",
  alignment: "minimize",
  uniformity: "minimize",
  accuracy: "maximize",
  f1: "maximize",
  f1_weighted: "maximize",
  f1_micro: "maximize",
  r2: "maximize",
  mrr: "maximize",
  adjusted_rand: "maximize",
};

/**
 * Which side of a metric is better: "validation/recall@5/image_to_text" is maximized. `undefined`
 * where neither is by itself, as of a penalty or a count of pairs.
 */
export function metricGoal(metric: string): MetricGoal | undefined {
  const [first = "", second = ""] = metric.split("/");
  const measure = ["train", "validation", "test"].includes(first) ? second : first;
  if (measure.startsWith("recall@")) return "maximize";
  return Object.hasOwn(GOALS, measure) ? GOALS[measure] : undefined;
}
