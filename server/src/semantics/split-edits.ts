import type { Edit } from "../engine/rule.ts";
import type { EstimatorFitFact } from "../facts/estimator-fit.ts";
import type { EstimatorScoreFact } from "../facts/estimator-score.ts";
import { indentOf } from "./dropout-edits.ts";
import { newImport } from "./insertions.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

const SPLIT = "sklearn.model_selection.train_test_split";

/** Splits X and y before the fit, fits to one part, scores on the other. */
export function splitEdits(
  score: EstimatorScoreFact,
  fit: EstimatorFitFact,
): readonly Edit[] | undefined {
  const { program, features, target, site } = fit;
  if (features.kind !== "name" || target?.value.kind !== "name") return undefined;
  const [X, y] = [features.id, target.value.id];
  const names = [`${X}_train`, `${X}_test`, `${y}_train`, `${y}_test`];
  const used = programIndex(program).ids;
  const indent = indentOf(site.statement.span.start, program);
  const isSimple = site.statement.kind === "assign" || site.statement.kind === "expression";
  if (indent === undefined || !isSimple || names.some((name) => used.has(name))) return undefined;
  if (site.within.at(-1) !== score.site.within.at(-1)) return undefined;
  const [xTrain = "", xTest = "", yTrain = "", yTest = ""] = names;
  const { start } = site.statement.span;
  const call = splitName(program, start);
  const line = `${names.join(", ")} = ${call.name}(${X}, ${y}, random_state=0)\n${indent}`;
  return [
    ...call.edits,
    { span: { start, end: start }, newText: line },
    { span: features.span, newText: xTrain },
    { span: target.value.span, newText: yTrain },
    { span: score.features.value.span, newText: xTest },
    { span: score.target.value.span, newText: yTest },
  ];
}

/** How the document can call `train_test_split`, with the import that it lacks. */
function splitName(
  program: PythonProgram,
  before: number,
): {
  readonly name: string;
  readonly edits: readonly Edit[];
} {
  const imported = programIndex(program)
    .imports.flatMap(({ names }) => names)
    .find(({ module, name }) => `${module}.${name ?? ""}` === SPLIT);
  if (imported !== undefined) return { name: imported.alias ?? "train_test_split", edits: [] };
  const line = "from sklearn.model_selection import train_test_split";
  return { name: "train_test_split", edits: [newImport(program, line, before)] };
}
