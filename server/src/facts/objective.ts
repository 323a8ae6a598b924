import { resultsOf } from "../semantics/called-function.ts";
import { isHalfTypedStatement } from "../semantics/half-typed.ts";
import { type CallSite, programIndex, type Site } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { statementTree } from "../semantics/statement-tree.ts";
import { isDataLossName } from "../semantics/training-names.ts";
import type { Term } from "../semantics/training-term.ts";
import { trainingValue } from "../semantics/training-value.ts";
import type { Expression, FunctionStatement, Statement } from "../syntax/python/ast.ts";
import { type Extractor, isCode, once } from "./extractor.ts";

/** A value that a training minimises, as a sum of terms. */
export interface ObjectiveFact {
  readonly kind: "objective";
  readonly program: PythonProgram;
  /**
   * How it is minimised: `backward()`, a gradient that is asked for (`tape.gradient`, `jax.grad`,
   * `minimize`), the result of a function that computes a loss, or nothing that is in sight.
   */
  readonly sink: "backward" | "gradient" | "return" | "none";
  /** What is minimised, as written. */
  readonly root: Expression;
  readonly site: Site;
  /** The name that it has, or of the function that returns it. */
  readonly name: string | undefined;
  readonly terms: readonly Term[];
}

export const objectiveFacts: Extractor<ObjectiveFact> = once({
  kind: "objective",
  languages: ["python", "javascript"],
  extract(syntax) {
    return isCode(syntax) ? objectivesOf(syntax.program) : [];
  },
});

interface Candidate extends Pick<ObjectiveFact, "sink" | "root" | "site" | "name"> {}

/** The objectives of a document in source order; of those with the same terms the strongest sink. */
function objectivesOf(program: PythonProgram): readonly ObjectiveFact[] {
  const { calls, statements } = programIndex(program);
  const differentiated = differentiatedFunctions(calls, program);
  const candidates = [
    ...calls.flatMap((site) => minimisedBy(site) ?? []),
    ...calls.flatMap((site) => minimisedResult(site, program) ?? []),
    ...statements.flatMap((site) => returned(site, differentiated, program) ?? []),
    ...statements.flatMap((site) => assigned(site) ?? []),
  ];
  const seen = new Set<Expression>();
  const facts = candidates.flatMap((candidate): ObjectiveFact[] => {
    const value = trainingValue(candidate.root, candidate.site.statement, program);
    const terms = value.kind === "terms" ? value.terms : [];
    const isTold = terms.some(({ content }) => content.kind !== "unknown");
    const isWhole = ![candidate.site, ...terms].some(
      ({ statement }) => statement && isHalfTypedStatement(statement, program.module),
    );
    if (!isTold || !isWhole || terms.every(({ node }) => seen.has(node))) return [];
    for (const { node } of terms) seen.add(node);
    return [{ kind: "objective", program, ...candidate, terms }];
  });
  return facts.toSorted((a, b) => a.root.span.start - b.root.span.start);
}

function named(root: Expression): string | undefined {
  return root.kind === "name" ? root.id : undefined;
}

function minimisedBy(site: CallSite): Candidate | undefined {
  const { call, name } = site;
  const { callee } = call;
  const [first, second] = call.arguments;
  const isPlain = first !== undefined && first.splat === "none";
  if (callee.kind !== "attribute") return undefined;
  if (name === "backward" || name === "manual_backward") {
    // `accelerator.backward(loss)`; `loss.backward(gradient)` is a step of something else.
    const isGiven = isPlain && first.name === undefined;
    const root = isGiven ? first.value : unscaled(callee.value);
    return { sink: "backward", root, site, name: named(root) };
  }
  const isGradient = name === "gradient" && second !== undefined;
  if (!isPlain || !(isGradient || name === "minimize")) return undefined;
  const root = first.value.kind === "lambda" ? first.value.body : first.value;
  return { sink: "gradient", root, site, name: named(root) };
}

const OF_FUNCTION = /^tensorflow\.(?:variable_grads|grads?|value_and_grads?)$/;

/** What the function returns that `optimizer.minimize(f)` or `tf.variableGrads(f)` is given. */
function minimisedResult(site: CallSite, program: PythonProgram): Candidate | undefined {
  const { call, name, qualifiedName } = site;
  const [first] = call.arguments;
  const isMinimised = name === "minimize" && call.callee.kind === "attribute";
  if (!isMinimised && (qualifiedName === undefined || !OF_FUNCTION.test(qualifiedName))) {
    return undefined;
  }
  if (first?.splat !== "none" || first.name !== undefined) return undefined;
  const { value } = first;
  if (value.kind === "lambda") {
    return isMinimised ? undefined : { sink: "gradient", root: value.body, site, name: undefined };
  }
  const definition = value.kind === "name" ? program.definition(value) : undefined;
  const target = definition?.kind === "defined" ? definition.statement : undefined;
  const [only, ...others] = target?.kind === "function" ? resultsOf(target, program) : [];
  if (only === undefined || others.length > 0) return undefined;
  const place = programIndex(program).statements.find(
    ({ statement }) => statement === only.statement,
  );
  return place && { sink: "gradient", root: only.value, site: place, name: named(only.value) };
}

/** `scaler.scale(loss)` is the loss. */
function unscaled(node: Expression): Expression {
  const isScaled =
    node.kind === "call" && node.callee.kind === "attribute" && node.callee.attribute === "scale";
  return isScaled ? (node.arguments[0]?.value ?? node) : node;
}

const GRADIENTS =
  /^(?:jax|flax\.nnx|equinox|torch\.func|mlx\.nn|autograd)\.(?:filter_)?(?:value_and_)?grad$/;

/** Functions of the document whose gradient is asked for. */
function differentiatedFunctions(
  calls: readonly CallSite[],
  program: PythonProgram,
): ReadonlySet<Statement> {
  const functions = calls.flatMap(({ call, qualifiedName }) => {
    if (qualifiedName === undefined || !GRADIENTS.test(qualifiedName)) return [];
    const target = call.arguments[0]?.value;
    if (target?.kind !== "name") return [];
    const definition = program.definition(target);
    return definition?.kind === "defined" ? [definition.statement] : [];
  });
  return new Set(functions);
}

function returned(
  site: Site,
  differentiated: ReadonlySet<Statement>,
  program: PythonProgram,
): Candidate | undefined {
  const { statement } = site;
  if (statement.kind !== "return" || statement.value === undefined) return undefined;
  const owner = statementTree(program).scopeOf(statement);
  if (owner?.kind !== "function") return undefined;
  const { value } = statement;
  // `return loss, aux`
  const root = value.kind === "tuple" ? (value.elements[0] ?? value) : value;
  const isGradient = differentiated.has(owner);
  const isLoss = computesLoss(owner) || isLossClass(owner, statementTree(program).scopeOf(owner));
  if (!isGradient && !isLoss && !isDataLossName(named(root) ?? "")) return undefined;
  return { sink: isGradient ? "gradient" : "return", root, site, name: named(root) ?? owner.name };
}

const computesLoss = ({ name }: FunctionStatement): boolean =>
  isDataLossName(name) || /^(?:training_step|train_step|closure)$/.test(name);

/** `class RidgeLoss: def forward(…)`. */
function isLossClass({ name }: FunctionStatement, holder: Statement | undefined): boolean {
  const isCalled = /^(?:__call__|call|forward)$/.test(name);
  return isCalled && holder?.kind === "class" && isDataLossName(holder.name);
}

/** `loss = …` in code that ends before it is used, as in a cell of a notebook. */
function assigned(site: Site): Candidate | undefined {
  const { statement } = site;
  if (statement.kind !== "assign" && statement.kind !== "augmented") return undefined;
  const target = statement.kind === "assign" ? statement.targets[0] : statement.target;
  if (target?.kind !== "name" || statement.value === undefined) return undefined;
  if (!isDataLossName(target.id)) return undefined;
  return { sink: "none", root: statement.value, site, name: target.id };
}
