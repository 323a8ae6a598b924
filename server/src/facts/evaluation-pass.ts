import type { LintDocument } from "../engine/document.ts";
import { wordsOf } from "../semantics/identifier-words.ts";
import { type ModelOrigin, modelOrigin } from "../semantics/model-origin.ts";
import { type CallSite, lastName, programIndex, type Site } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { type SplitRole, splitRole } from "../semantics/split-role.ts";
import { byText } from "../syntax/by-text.ts";
import type { CodeText } from "../syntax/code-text.ts";
import type { CallExpression, Expression, Statement } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions, statementsIn } from "../syntax/python/walk.ts";
import type { Extractor } from "./extractor.ts";

/** A network is run without gradients and its answers are compared with the truth. */
export interface EvaluationPassFact {
  readonly kind: "evaluationPass";
  readonly program: PythonProgram;
  /** `with torch.no_grad():`, or the function that is decorated so. */
  readonly block: Statement;
  readonly within: Site["within"];
  readonly model: Expression;
  readonly origin: ModelOrigin;
  /** The call of the model. */
  readonly call: CallExpression;
  /** What the model is given, as far as the document tells. */
  readonly role: SplitRole | undefined;
}

const JUDGING = [
  /(?:^|[^a-z])(?:acc|accuracy|corrects?)(?![a-z])|accuracy|_score\s*\(|(?:val|valid|test|eval)\w*loss|loss\w*(?:val|test)/im,
  /[a-z](?:Acc|Corrects?)(?![a-z])/,
  /==[^\n]*\)\s*\.(?:sum|mean|float)\s*\(|\.eq\s*\([^\n]*\)\s*\.(?:sum|mean|float)\s*\(/,
];

/** Whether code may compare answers with the truth, told without parsing it. */
export function mayJudge(code: CodeText): boolean {
  return code.parts.some((text) => judges(text, code));
}

const judges = byText((text) => JUDGING.some((sign) => sign.test(text)));

const WITHOUT_GRADIENTS = /^torch\.(?:no_grad|inference_mode|autograd\.no_grad)$/;

export const evaluationPassFacts: Extractor<EvaluationPassFact> = {
  kind: "evaluationPass",
  languages: ["python"],
  extract(syntax, document) {
    if (syntax.language !== "python") return [];
    const { program } = syntax;
    const { statements } = programIndex(program);
    return statements.flatMap((site) => {
      const body = bodyWithoutGradients(site.statement, program);
      return body === undefined ? [] : (passIn(body, site, program, document) ?? []);
    });
  },
};

function bodyWithoutGradients(
  statement: Statement,
  program: PythonProgram,
): readonly Statement[] | undefined {
  const isOff = (node: Expression) =>
    WITHOUT_GRADIENTS.test(program.qualifiedName(node.kind === "call" ? node.callee : node) ?? "");
  if (statement.kind === "with") {
    return statement.items.some(({ context }) => isOff(context)) ? statement.body : undefined;
  }
  if (statement.kind !== "function") return undefined;
  return statement.decorators.some(isOff) ? statement.body : undefined;
}

function passIn(
  body: readonly Statement[],
  { statement, within }: Site,
  program: PythonProgram,
  { path, project }: LintDocument,
): EvaluationPassFact | undefined {
  const inner = [...statementsIn(body)];
  const nodes = inner.flatMap(ownExpressions).flatMap((root) => [...expressionsIn(root)]);
  if (!nodes.some(isJudging)) return undefined;
  const around = statement.kind === "function" ? [...within, statement] : within;
  for (const node of nodes) {
    if (node.kind !== "call" || !isModelCall(node, program)) continue;
    const origin = modelOrigin(node.callee, { home: { program, path, project }, around });
    if (origin === undefined) continue;
    const [first] = node.arguments;
    const role = first === undefined ? undefined : splitRole(first.value, program);
    const kind = "evaluationPass";
    return {
      kind,
      program,
      block: statement,
      within: around,
      model: node.callee,
      origin,
      call: node,
      role,
    };
  }
  return undefined;
}

/** `net(x)` and `self.net(x)`. */
function isModelCall({ callee }: CallExpression, program: PythonProgram): boolean {
  if (callee.kind !== "name" && callee.kind !== "attribute") return false;
  const definition = callee.kind === "name" ? program.definition(callee) : undefined;
  return definition?.kind !== "defined" && program.qualifiedName(callee) === undefined;
}

/** Something that compares answers with the truth. */
function isJudging(node: Expression): boolean {
  if (node.kind === "name") {
    const words = wordsOf(node.id);
    const isHeldOut = words.some((word) => /^(?:val|valid|test|eval)$/.test(word));
    return (
      words.some((word) => /^(?:acc|accuracy|correct|corrects)$/.test(word)) ||
      (isHeldOut && words.includes("loss"))
    );
  }
  if (node.kind !== "call") return false;
  const name = lastName(node.callee) ?? "";
  if (/accuracy|_score$/.test(name)) return true;
  // `(predicted == y).sum()`, `predicted.eq(y).float()`; a lone argmax may just generate.
  const { callee } = node;
  if (callee.kind !== "attribute" || !/^(?:sum|mean|float)$/.test(name)) return false;
  const { value } = callee;
  if (value.kind === "call") return lastName(value.callee) === "eq";
  return value.kind === "compare" && value.comparisons[0]?.operator === "==";
}

/** Calls that set a module to evaluation, in the document: `net.eval()`, `net.train(False)`. */
export function setsEvaluation({ call, name }: CallSite): boolean {
  if (call.callee.kind !== "attribute") {
    return (
      name !== undefined && wordsOf(name).some((word) => word === "eval" || word === "inference")
    );
  }
  const [mode] = call.arguments;
  if (name === "eval") return call.arguments.length === 0;
  if (name === "train") return mode !== undefined;
  return name !== undefined && /(?:^|_)eval(?:_|$)/.test(name);
}
