import type { Span } from "../../../core/protocol/span.ts";
import type { CompareExpression, Expression } from "../syntax/python/ast.ts";
import type { ModelParameter } from "./model-parameters.ts";
import type { PythonProgram } from "./python-program.ts";

/** What a comprehension or a loop asks of a parameter before it takes it. */
export type Condition =
  | { readonly kind: "always" | "unknown" }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
  /** One of the texts is in the name, at its start, at its end, or is the name. */
  | {
      readonly kind: "name";
      readonly test: "contains" | "starts" | "ends" | "equals";
      readonly texts: readonly string[];
      /** Where the texts are written. */
      readonly span: Span;
      /** The whole test where it is a call, so that another can take its place. */
      readonly call: Span | undefined;
      /** What the test's surroundings call the parameter. */
      readonly parameter: string | undefined;
    }
  /** `p.ndim < 2`: the ranks up to `most` pass. */
  | { readonly kind: "rank"; readonly most: number }
  | { readonly kind: "trainable" }
  /** `id(p) in set(map(id, head.parameters()))` */
  | { readonly kind: "member"; readonly of: Expression };

export const ALWAYS: Condition = { kind: "always" };
const UNKNOWN: Condition = { kind: "unknown" };
export const not = (of: Condition): Condition => ({ kind: "not", of });
export const allOf = (parts: readonly Condition[]): Condition =>
  parts.length === 1 ? (parts[0] ?? ALWAYS) : { kind: "and", parts };

/** The names that stand for a parameter and for its own name. */
export interface Subject {
  readonly parameter: string | undefined;
  readonly name: string | undefined;
}

/** Reads a condition on a parameter; what it cannot read is unknown. */
export function conditionOf(node: Expression, subject: Subject, program: PythonProgram): Condition {
  const next = (inner: Expression) => conditionOf(inner, subject, program);
  switch (node.kind) {
    case "boolean":
      return { kind: node.operator, parts: [next(node.left), next(node.right)] };
    case "unary":
      return node.operator === "not" ? not(next(node.operand)) : UNKNOWN;
    case "compare":
      return ofComparison(node, subject, program);
    case "call":
      return ofCall(node, subject, program);
    case "attribute":
      return isNamed(node.value, subject.parameter) && node.attribute === "requires_grad"
        ? { kind: "trainable" }
        : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

const isNamed = (node: Expression, id: string | undefined): boolean =>
  node.kind === "name" && node.id === id;

function ofComparison(
  node: CompareExpression,
  subject: Subject,
  program: PythonProgram,
): Condition {
  const [comparison, ...others] = node.comparisons;
  if (comparison === undefined || others.length > 0) return UNKNOWN;
  const { operator, right } = comparison;
  if (operator === "in" || operator === "not in") {
    const inside = ofMembership(node.left, right, subject, program);
    return operator === "in" ? inside : not(inside);
  }
  if (isRank(node.left, subject)) return ofRank(operator, right);
  if (isNamed(node.left, subject.name) && (operator === "==" || operator === "!=")) {
    const equals = ofTexts("equals", right, subject, program);
    return operator === "==" ? equals : not(equals);
  }
  return UNKNOWN;
}

/** `p.ndim`, `p.dim()`, `len(p.shape)`, `len(p.size())` */
function isRank(node: Expression, { parameter }: Subject): boolean {
  if (node.kind === "attribute") return node.attribute === "ndim" && isNamed(node.value, parameter);
  if (node.kind !== "call") return false;
  const { callee } = node;
  if (callee.kind === "attribute") {
    return ["dim", "ndimension"].includes(callee.attribute) && isNamed(callee.value, parameter);
  }
  if (callee.kind !== "name" || callee.id !== "len") return false;
  const [only] = node.arguments;
  const shape = only?.value.kind === "call" ? only.value.callee : only?.value;
  return (
    shape?.kind === "attribute" &&
    ["shape", "size"].includes(shape.attribute) &&
    isNamed(shape.value, parameter)
  );
}

function ofRank(operator: string, right: Expression): Condition {
  if (right.kind !== "number") return UNKNOWN;
  const most = (value: number): Condition => ({ kind: "rank", most: value });
  switch (operator) {
    case "<":
      return most(right.value - 1);
    case "<=":
      return most(right.value);
    case ">":
      return not(most(right.value));
    case ">=":
      return not(most(right.value - 1));
    case "==":
      // Nearly always of 1, which leaves scalars aside.
      return allOf([most(right.value), not(most(right.value - 1))]);
    case "!=":
      return not(allOf([most(right.value), not(most(right.value - 1))]));
    default:
      return UNKNOWN;
  }
}

/** `"bias" in n`, `n in no_decay`, `id(p) in head_ids`. */
function ofMembership(
  left: Expression,
  right: Expression,
  subject: Subject,
  program: PythonProgram,
): Condition {
  if (isNamed(right, subject.name)) {
    return left.kind === "string" ? ofTexts("contains", left, subject, program) : UNKNOWN;
  }
  if (isNamed(left, subject.name)) return ofTexts("equals", right, subject, program);
  const isIdentity =
    left.kind === "call" &&
    left.callee.kind === "name" &&
    left.callee.id === "id" &&
    left.arguments[0] !== undefined &&
    isNamed(left.arguments[0].value, subject.parameter);
  return isIdentity ? { kind: "member", of: right } : UNKNOWN;
}

/** `any(nd in n for nd in no_decay)`, `n.endswith("bias")`, `n.startswith(("a", "b"))`. */
function ofCall(
  node: Extract<Expression, { kind: "call" }>,
  subject: Subject,
  program: PythonProgram,
): Condition {
  const { callee } = node;
  const [first] = node.arguments;
  if (first === undefined) return UNKNOWN;
  if (callee.kind === "name" && callee.id === "any") {
    return ofAny(first.value, node.span, subject, program);
  }
  if (callee.kind !== "attribute" || !isNamed(callee.value, subject.name)) return UNKNOWN;
  if (callee.attribute !== "startswith" && callee.attribute !== "endswith") return UNKNOWN;
  const test = callee.attribute === "startswith" ? "starts" : "ends";
  return ofTexts(test, first.value, subject, program, node.span);
}

type NameTest = Extract<Condition, { kind: "name" }>["test"];

function ofTexts(
  test: NameTest,
  node: Expression,
  { parameter }: Subject,
  program: PythonProgram,
  call?: Span,
): Condition {
  const texts = textsOf(node, program);
  return texts === undefined
    ? UNKNOWN
    : { kind: "name", test, texts, span: definedAt(node, program), call, parameter };
}

function ofAny(node: Expression, call: Span, subject: Subject, program: PythonProgram): Condition {
  if (node.kind !== "comprehension" || node.clauses.length !== 1) return UNKNOWN;
  const [clause] = node.clauses;
  if (clause?.target.kind !== "name" || clause.conditions.length > 0) return UNKNOWN;
  const test = testOfEach(node.element, clause.target.id, subject.name);
  return test === undefined ? UNKNOWN : ofTexts(test, clause.iterable, subject, program, call);
}

/** `nd in n`, `n.endswith(nd)` */
function testOfEach(
  element: Expression,
  each: string,
  name: string | undefined,
): NameTest | undefined {
  if (element.kind === "compare") {
    const [comparison] = element.comparisons;
    const isIn = comparison?.operator === "in" && isNamed(comparison.right, name);
    return isIn && isNamed(element.left, each) ? "contains" : undefined;
  }
  if (element.kind !== "call" || element.callee.kind !== "attribute") return undefined;
  const { value, attribute } = element.callee;
  const given = element.arguments[0]?.value;
  if (given === undefined || !isNamed(given, each) || !isNamed(value, name)) return undefined;
  if (attribute === "endswith") return "ends";
  return attribute === "startswith" ? "starts" : undefined;
}

/** A string, or a list, tuple or set of strings, written or bound to a name. */
function textsOf(node: Expression, program: PythonProgram): readonly string[] | undefined {
  if (node.kind === "string") return node.value === undefined ? undefined : [node.value];
  if (node.kind === "list" || node.kind === "tuple" || node.kind === "set") {
    const texts = node.elements.map((element) =>
      element.kind === "string" ? element.value : undefined,
    );
    return texts.every((text) => text !== undefined) ? texts : undefined;
  }
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  return definition?.kind === "assigned" && definition.value.kind !== "name"
    ? textsOf(definition.value, program)
    : undefined;
}

function definedAt(node: Expression, program: PythonProgram): Span {
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  return definition?.kind === "assigned" ? definition.value.span : node.span;
}

/** Whether a parameter is of those that an expression stands for. */
export type IsMember = (of: Expression) => boolean | undefined;

/** Whether a parameter passes; `undefined` where the code does not tell. */
export function passes(
  condition: Condition,
  parameter: Pick<ModelParameter, "name" | "rank">,
  isMember: IsMember,
): boolean | undefined {
  switch (condition.kind) {
    case "always":
      return true;
    case "not": {
      const inner = passes(condition.of, parameter, isMember);
      return inner === undefined ? undefined : !inner;
    }
    case "and":
    case "or": {
      const decisive = condition.kind === "or";
      const results = condition.parts.map((part) => passes(part, parameter, isMember));
      if (results.includes(decisive)) return decisive;
      return results.includes(undefined) ? undefined : !decisive;
    }
    case "rank":
      return parameter.rank === undefined ? undefined : parameter.rank <= condition.most;
    case "name":
      return passesName(condition, parameter.name);
    case "trainable":
      // What a model builds is trainable; freezes are looked for where they matter.
      return true;
    case "member":
      return isMember(condition.of);
    default:
      return undefined;
  }
}

function passesName(
  { test, texts }: Extract<Condition, { kind: "name" }>,
  name: string,
): boolean | undefined {
  const matches = (text: string): boolean => {
    if (test === "contains") return name.includes(text);
    if (test === "starts") return name.startsWith(text);
    return test === "ends" ? name.endsWith(text) : name === text;
  };
  if (texts.some(matches)) return true;
  // An index in the text may be that of the name.
  const mayMeanIndex = name.includes("*") && texts.some((text) => /\d/.test(text));
  return mayMeanIndex ? undefined : false;
}

/** Every condition inside, itself first. */
export function conditionsIn(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case "not":
      return [condition, ...conditionsIn(condition.of)];
    case "and":
    case "or":
      return [condition, ...condition.parts.flatMap(conditionsIn)];
    default:
      return [condition];
  }
}
