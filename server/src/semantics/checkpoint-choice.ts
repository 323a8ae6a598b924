import type { CompareExpression, Expression, Statement } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions, statementsIn } from "../syntax/python/walk.ts";
import { targetNames } from "./bound-names.ts";
import { wordsOf } from "./identifier-words.ts";
import type { MadeChoice } from "./made-choice.ts";
import { lastName, programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { type ScoredData, scoredData } from "./scored-data.ts";
import { partOfName } from "./split-words.ts";

/** `if accuracy > best: torch.save(…)` and its kin, with the data behind the score. */
export function checkpointChoices(program: PythonProgram): readonly MadeChoice[] {
  return programIndex(program).statements.flatMap(({ statement }) => {
    const compared = comparisonIn(statement);
    const score = compared === undefined ? undefined : scoreSide(compared);
    if (compared === undefined || score === undefined) return [];
    const means = meansOf(statement, program);
    const scored = means === undefined ? undefined : onlyData(score, statement, program);
    if (means === undefined || scored === undefined) return [];
    return [{ span: compared.span, means, scored, argument: undefined }];
  });
}

function comparisonIn(statement: Statement): CompareExpression | undefined {
  const node =
    statement.kind === "if"
      ? statement.test
      : statement.kind === "assign"
        ? statement.value
        : undefined;
  if (node?.kind === "compare") return node;
  // `is_best = bool(acc > best)`, `if save and acc > best`.
  const parts = node === undefined ? [] : [...expressionsIn(node)];
  const found = parts
    .filter((part) => part.kind === "compare")
    .filter((part) => scoreSide(part) !== undefined);
  return found.length === 1 && node?.kind !== "comprehension" ? found[0] : undefined;
}

const RECORD = /^(?:best|min|max|lowest|highest|minimum|maximum)$/;
const isRecord = (node: Expression) =>
  wordsOf(lastName(node) ?? "").some((word) => RECORD.test(word));

/** The side that is compared with the best so far. */
function scoreSide({ left, comparisons }: CompareExpression): Expression | undefined {
  const [only, ...others] = comparisons;
  if (only === undefined || others.length > 0 || !/^[<>]=?$/.test(only.operator)) return undefined;
  if (isRecord(only.right) === isRecord(left)) return undefined;
  return isRecord(left) ? only.right : left;
}

const SAVING = /^(?:save\w*|\w*_?checkpoint\w*|save_model|state_dict|deepcopy|\w*save)$/i;
const WAITING =
  /^(?:counter|patience|wait|waited|trigger|triggers|improve|improved|improvement|stopping)$/;

/** What the comparison decides: that the weights are saved, or that training goes on. */
function meansOf(statement: Statement, program: PythonProgram): MadeChoice["means"] | undefined {
  if (statement.kind === "if") return savingIn(statement.body) ?? waitingIn(statement.body);
  const names = statement.kind === "assign" ? statement.targets.flatMap(targetNames) : [];
  for (const { statement: other, call, name = "" } of programIndex(program).calls) {
    const isUsed =
      call.span.start > statement.span.start &&
      SAVING.test(name) &&
      call.arguments.some(({ value }) => value.kind === "name" && names.includes(value.id));
    if (isUsed) return { name, span: other.span };
  }
  for (const { statement: other } of programIndex(program).statements) {
    if (other.kind !== "if" || other.span.start < statement.span.start) continue;
    const isAsked = [...expressionsIn(other.test)].some(
      (node) => node.kind === "name" && names.includes(node.id),
    );
    const means = isAsked ? savingIn(other.body) : undefined;
    if (means !== undefined) return means;
  }
  return undefined;
}

function savingIn(block: readonly Statement[]): MadeChoice["means"] | undefined {
  for (const statement of statementsIn(block)) {
    for (const node of ownExpressions(statement).flatMap((root) => [...expressionsIn(root)])) {
      const name = node.kind === "call" ? lastName(node.callee) : undefined;
      if (name !== undefined && SAVING.test(name)) return { name, span: node.span };
    }
  }
  return undefined;
}

function waitingIn(block: readonly Statement[]): MadeChoice["means"] | undefined {
  for (const statement of block) {
    if (statement.kind !== "assign" || statement.value?.kind !== "number") continue;
    const name = lastName(statement.targets[0] ?? statement.value) ?? "";
    if (wordsOf(name).some((word) => WAITING.test(word))) return { name, span: statement.span };
  }
  return undefined;
}

/** The held-out data behind a score; `undefined` where validation data is in it, or none is known. */
function onlyData(
  score: Expression,
  statement: Statement,
  program: PythonProgram,
): ScoredData | undefined {
  if (partOfName(lastName(score) ?? "") === "validation") return undefined;
  const found = scoredData(score, statement, program);
  if (found.some(({ role }) => role.part === "validation")) return undefined;
  const held = found.filter(({ role }) => role.part !== "train");
  return held.find(({ role }) => role.proof === "split") ?? held[0];
}
