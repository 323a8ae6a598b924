import type { ConfigTree } from "../syntax/config/config-tree.ts";
import { type ConfigEntryView, configEntries } from "./config-entries.ts";
import { type ConfigLambda, numberedEntries, numberIn } from "./config-lambdas.ts";
import { matchesPath } from "./path-pattern.ts";

/** Words of `convention` in an experiment file. */
export const EXPERIMENT_CONVENTIONS: Readonly<Record<string, string>> = {
  plain: "written-plain",
  half: "written-half",
  half_mean: "written-half-mean",
};

/** The λs of an experiment file that are numbers; expressions mean what the trainer makes of them. */
export function experimentLambdas(tree: ConfigTree): readonly ConfigLambda[] {
  const entries = configEntries(tree);
  const at = numberedEntries(entries);
  return entries.flatMap((entry): readonly ConfigLambda[] => {
    const penalty = matchesPath("penalty.*.lambda", entry.path) ? penaltyOf(entry, at) : [];
    const decay = matchesPath("training.weight_decay", entry.path) ? decayOf(entry, at) : [];
    return [...penalty, ...decay];
  });
}

type Lookup = ReturnType<typeof numberedEntries>;

function penaltyOf(entry: ConfigEntryView, at: Lookup): readonly ConfigLambda[] {
  const value = numberIn(entry);
  const holder = entry.path.slice(0, -1);
  const norm = at.text([...holder, "norm"]);
  if (value === undefined || entry.value === undefined) return [];
  const place = {
    parameter: "lambda",
    known: {},
    span: entry.value.span,
    nameSpan: entry.keySpan,
    path: entry.path,
  };
  if (norm === "l1") return [{ ...place, convention: "written-l1", values: { lambda: value } }];
  if (norm === "elastic_net") {
    const ratio = at.number([...holder, "l1_ratio"]);
    if (ratio === undefined) return [];
    const values = { lambda: value, l1_ratio: ratio };
    return [{ ...place, convention: "written-elastic-net", values }];
  }
  const convention = EXPERIMENT_CONVENTIONS[at.text([...holder, "convention"]) ?? ""];
  return norm === "l2" && convention !== undefined
    ? [{ ...place, convention, values: { lambda: value } }]
    : [];
}

function decayOf(entry: ConfigEntryView, at: Lookup): readonly ConfigLambda[] {
  const value = numberIn(entry);
  if (value === undefined || entry.value === undefined) return [];
  // Other optimizers of the trainer have no decay of their own.
  if (at.text(["training", "optimizer"]) !== "adamw") return [];
  const learningRate = at.number(["training", "learning_rate"]);
  return [
    {
      convention: "torch-adamw",
      parameter: "weight_decay",
      values: { weight_decay: value },
      known: learningRate === undefined ? {} : { learningRate },
      span: entry.value.span,
      nameSpan: entry.keySpan,
      path: entry.path,
    },
  ];
}
