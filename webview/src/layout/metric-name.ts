/** "image_to_text" as the page writes it: "image → text"; other text as it is. */
function directionName(direction: string): string {
  const [from, to, ...rest] = direction.split("_to_");
  return from !== undefined && to !== undefined && rest.length === 0
    ? `${from} → ${to}`
    : direction;
}

const WORDS: Readonly<Record<string, string>> = {
  r2: "R²",
  rmse: "RMSE",
  f1: "F1",
  f1_weighted: "F1 weighted",
  f1_micro: "F1 micro",
  mrr: "MRR",
  cka: "CKA",
  cross_entropy: "cross-entropy",
  info_nce: "InfoNCE",
  data_loss: "data loss",
  modality_gap: "modality gap",
  median_rank: "median rank",
};

/** A metric without its part: "recall@1/image_to_text" becomes "recall@1 image → text". */
export function measureName(measure: string): string {
  const [name = "", ...directions] = measure.split("/");
  const word = WORDS[name] ?? name.replaceAll("_", " ");
  return [word, ...directions.map(directionName)].join(" ");
}

/** "validation/accuracy" in its two parts; the part is empty for a name without a slash. */
export function splitMetric(metric: string): { readonly part: string; readonly measure: string } {
  const slash = metric.indexOf("/");
  return slash < 0
    ? { part: "", measure: metric }
    : { part: metric.slice(0, slash), measure: metric.slice(slash + 1) };
}

/** Stands for the sum over all layers where a layer's name would be. */
const ALL_LAYERS = "all";

/** "weights/image.0.weight/l1" in layer and measure; `undefined` for any other metric, that of all layers too. */
export function splitWeightMetric(
  metric: string,
): { readonly layer: string; readonly measure: string } | undefined {
  if (!metric.startsWith("weights/")) return undefined;
  const end = metric.lastIndexOf("/");
  const layer = metric.slice("weights/".length, end);
  return layer === "" || layer === ALL_LAYERS || end <= "weights".length
    ? undefined
    : { layer, measure: metric.slice(end + 1) };
}

/** Layers that log the measure, among the metrics of a run. */
export function layersWith(metrics: Iterable<string>, wanted: string): string[] {
  return [...metrics].flatMap((metric) => {
    const parts = splitWeightMetric(metric);
    return parts?.measure === wanted ? [parts.layer] : [];
  });
}
