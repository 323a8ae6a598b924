import type { Severity } from "../../../../core/protocol/severity.ts";
import { defineRule, type Fix } from "../../engine/rule.ts";
import type { SplitFact } from "../../facts/split.ts";
import { type LearnedBefore, learnedBefore } from "../../semantics/learned-before.ts";
import { splitFirstEdits } from "../../semantics/split-first-edits.ts";
import { splitRole } from "../../semantics/split-role.ts";
import { isTestPath } from "../../semantics/training-setup.ts";
import type { Learning } from "../../semantics/transformer-classes.ts";

export const preprocessingFitBeforeSplit = defineRule({
  code: "NL902",
  name: "preprocessing-fit-before-split",
  family: "selection",
  severity: "warning",
  preview: false,
  mentions: [
    ["fit_transform", "fit_resample", ".fit("],
    ["train_test_split", "random_split", "model_selection", "cross_val", "searchcv", "kfold"],
  ],
  on: "split",
  docs: {
    language: "python",
    what: "Finds a scaler, imputer, decomposition, feature selection or resampling that is fitted to all rows before they are split into training and test rows or into folds.",
    why: "What it learned from the held-out rows is in every training row, so the score is too good. A scaler costs little; a feature selection that has seen the labels, or copies of rows on both sides of the split, can make noise look predictable.",
    bad: [
      "from sklearn.model_selection import train_test_split",
      "from sklearn.preprocessing import StandardScaler",
      "",
      "scaler = StandardScaler()",
      "X = scaler.fit_transform(X)",
      "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
      "",
    ].join("\n"),
    good: [
      "from sklearn.model_selection import train_test_split",
      "from sklearn.preprocessing import StandardScaler",
      "",
      "scaler = StandardScaler()",
      "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
      "X_train = scaler.fit_transform(X_train)",
      "X_test = scaler.transform(X_test)",
      "",
    ].join("\n"),
    limits:
      "Knows the transformers of scikit-learn, imbalanced-learn and category_encoders. Silent for stateless ones (`Normalizer`, `FunctionTransformer`, hashing), for those that only list categories (`OneHotEncoder`, `CountVectorizer`), for pipelines, and when the rows were split before. Scaling before cross-validation is only an information.",
    references: [
      "https://scikit-learn.org/stable/common_pitfalls.html#data-leakage",
      "Yang, Brower-Sinning, Lewis & Kästner 2022, Data Leakage in Notebooks, arXiv:2209.03345",
    ],
  },

  *check(split, { document, facts }) {
    if (isTestPath(document.path)) return;
    const learned = leakOf(split);
    if (learned === undefined) return;
    // One transformer may reach several splits; the one that is made once weighs most.
    const reached = facts("split").filter((other) => leakOf(other)?.call === learned.call);
    const shown = reached.find(({ form }) => form === "holdout") ?? reached[0];
    if (shown?.site !== split.site) return;
    const { estimator, call, learning } = learned;
    yield {
      span: call.span,
      severity: severityOf(learning, split),
      message: `\`${estimator.name}\` ${LEARNS[learning]} before \`${split.name}\` sets some of them aside, so the held-out rows are not unseen.`,
      related: [{ span: split.site.call.span, message: "The rows are split here." }],
      fixes: fixesOf(learned, split),
    };
  },
});

const LEARNS: Readonly<Record<Learning, string>> = {
  categories: "lists the categories of all rows",
  statistics: "learns from all rows",
  target: "compares all rows with their targets",
  rows: "copies and mixes rows of the whole data",
};

const leaks = new WeakMap<SplitFact, LearnedBefore | "none">();

/** Found once a split, as each one asks for all others. */
function leakOf(split: SplitFact): LearnedBefore | undefined {
  const known = leaks.get(split) ?? firstLeak(split) ?? "none";
  leaks.set(split, known);
  return known === "none" ? undefined : known;
}

function firstLeak({ arrays, program }: SplitFact): LearnedBefore | undefined {
  for (const { value } of arrays) {
    for (const learned of learnedBefore(value, program)) {
      // What was split before may well be learned from.
      if (splitRole(learned.fittedTo, program) !== undefined) return undefined;
      if (learned.learning !== "categories") return learned;
    }
  }
  return undefined;
}

/** In each fold a scaler learns nearly the same; labels and copied rows weigh more. */
function severityOf(learning: Learning, split: SplitFact): Severity {
  return learning === "statistics" && split.form === "folds" ? "information" : "warning";
}

function fixesOf(learned: LearnedBefore, split: SplitFact): Fix[] {
  const edits = splitFirstEdits(learned, split);
  if (edits === undefined) return [];
  return [{ title: "Split first and fit on the training rows", safety: "unsafe", edits }];
}
