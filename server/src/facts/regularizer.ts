import type { Span } from "../../../core/protocol/span.ts";
import { argumentOf, constantNumber } from "../semantics/call-arguments.ts";
import { wordsOf } from "../semantics/identifier-words.ts";
import { isPlateauPatience } from "../semantics/plateau-patience.ts";
import { type CallSite, lastName, programIndex, type Site } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import {
  DROPPING,
  formOfIdentifier,
  formOfKeyword,
  formOfName,
  type RegularizerForm,
} from "../semantics/regularizer-names.ts";
import type {
  ClassStatement,
  Expression,
  NameExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions } from "../syntax/python/walk.ts";
import { type Extractor, isCode } from "./extractor.ts";

/** Something in a document that works against overfitting, whatever kind it is. */
export interface RegularizerFact {
  readonly kind: "regularizer";
  readonly form: RegularizerForm;
  readonly span: Span;
  /** The class that it stands in: a regularizer inside one model says nothing about another. */
  readonly owner: ClassStatement | undefined;
  /** True for `rngs=dict(dropout=key)`: some model can drop, which one and how much stands elsewhere. */
  readonly isHearsay: boolean;
}

export const regularizerFacts: Extractor<RegularizerFact> = {
  kind: "regularizer",
  languages: ["python", "javascript"],
  extract(syntax) {
    return isCode(syntax) ? regularizersOf(syntax.program) : [];
  },
};

const found = new WeakMap<PythonProgram, readonly RegularizerFact[]>();

/** All regularizers of a document in source order, one a place. */
export function regularizersOf(program: PythonProgram): readonly RegularizerFact[] {
  const known = found.get(program);
  if (known !== undefined) return known;
  const index = programIndex(program);
  const facts = [
    ...index.calls.flatMap((site) => [...ofCall(site, program), ...ofParameterSum(site)]),
    ...index.names.flatMap(({ node, site }) => ofName(node, site, program)),
    ...(program.language === "javascript" ? inOptions(program) : []),
  ].sort((a, b) => a.span.start - b.span.start);
  const distinct = facts.filter(
    (fact, at) => at === 0 || facts[at - 1]?.span.start !== fact.span.start,
  );
  found.set(program, distinct);
  return distinct;
}

/** Options that are written apart from the layer: `{units: 8, kernelRegularizer: r}`. */
function inOptions(program: PythonProgram): readonly RegularizerFact[] {
  return programIndex(program).statements.flatMap(({ statement, within }) =>
    ownExpressions(statement)
      .flatMap((root) => [...expressionsIn(root)])
      .flatMap((node) => (node.kind === "dict" ? node.entries : []))
      .flatMap(({ key, value }) => {
        const form = key?.kind === "string" ? formOfKeyword(key.value ?? "") : undefined;
        return key === undefined || form === undefined || isOff(value, program)
          ? []
          : [fact(form, key.span, within)];
      }),
  );
}

const ownerOf = (within: CallSite["within"]) =>
  within.findLast((scope): scope is ClassStatement => scope.kind === "class");

function fact(
  form: RegularizerForm,
  span: Span,
  within: CallSite["within"],
  isHearsay = false,
): RegularizerFact {
  return { kind: "regularizer", form, span, owner: ownerOf(within), isHearsay };
}

function ofCall(site: CallSite, program: PythonProgram): RegularizerFact[] {
  // `self.dropout(x)` uses a layer; what counts is how it was built.
  const isUse = site.qualifiedName === undefined && site.call.callee.kind === "attribute";
  const name = site.qualifiedName?.split(".").at(-1) ?? site.name;
  const form = isUse ? undefined : formOfName(name ?? "", site.qualifiedName);
  const own = form !== undefined && isOn(site, form, program);
  return [
    ...(own ? [fact(form, site.call.span, site.within)] : []),
    ...site.call.arguments.flatMap(({ name, value, span }) => {
      const isGenerator = site.name === "ImageDataGenerator";
      const keyword = name === undefined || isGenerator ? undefined : formOfKeyword(name);
      const isActive = keyword !== undefined && !isOff(value, program);
      return isActive ? [fact(keyword, span, site.within, isRandomKey(value))] : [];
    }),
  ];
}

/** `dropout_rng`: where random numbers come from, no rate. */
const isRandomKey = (value: Expression): boolean =>
  value.kind === "name" && wordsOf(value.id).some((word) => /^(?:p?rngs?|key)$/.test(word));

/** True for `None`, `False` and 0, written or bound: the regularizer is switched off. */
function isOff(value: Expression, program: PythonProgram): boolean {
  if (value.kind === "constant") return value.value === null || value.value === false;
  const number = constantNumber(value, program);
  return number !== undefined && number <= 0;
}

function isOn(site: CallSite, form: RegularizerForm, program: PythonProgram): boolean {
  // The rescaling generator without any transformation only loads images.
  if (site.name === "ImageDataGenerator") {
    return site.call.arguments.some(({ name }) => !PLAIN_LOADING.has(name ?? ""));
  }
  if (form !== "dropout" && form !== "noise") return true;
  const isFunction = site.qualifiedName?.startsWith("torch.nn.functional.") === true;
  const rate = DROPPING.test(site.qualifiedName ?? "")
    ? argumentOf(site.call, "dropout")
    : (argumentOf(site.call, "p", isFunction ? 1 : 0) ?? argumentOf(site.call, "rate", 0));
  return rate === undefined || !isOff(rate.value, program);
}

const PLAIN_LOADING = new Set(["rescale", "validation_split", "preprocessing_function"]);

function ofName(node: NameExpression, site: Site, program: PythonProgram): RegularizerFact[] {
  const form = formOfIdentifier(node.id);
  if (form === undefined || isModel(node, program)) return [];
  if (form === "early stopping" && isPlateauPatience(node, program)) return [];
  const isIdle = form === "penalty term" && isOfOtherModel(node, site, program);
  return isIdle ? [] : [fact(form, node.span, site.within)];
}

/** A penalty of a model written in NumPy, or a constant: neither penalises a network yet. */
function isOfOtherModel(
  node: NameExpression,
  { statement, within }: Site,
  program: PythonProgram,
): boolean {
  const isConstant =
    statement.kind === "assign" &&
    statement.targets.includes(node) &&
    statement.value?.kind === "number";
  const numeric = numericFunctions(program);
  return (
    isConstant ||
    within.some((scope) => numeric.has(scope)) ||
    ownExpressions(statement)
      .flatMap((root) => [...expressionsIn(root)])
      .some((part) => part.kind === "call" && numeric.has(calledStatement(part.callee, program)))
  );
}

function calledStatement(callee: Expression, program: PythonProgram): Statement | undefined {
  const definition = callee.kind === "name" ? program.definition(callee) : undefined;
  return definition?.kind === "defined" ? definition.statement : undefined;
}

const numericOf = new WeakMap<PythonProgram, ReadonlySet<Statement | undefined>>();

/** Functions of the document that call NumPy and no network library. */
function numericFunctions(program: PythonProgram): ReadonlySet<Statement | undefined> {
  const known = numericOf.get(program);
  if (known !== undefined) return known;
  const numeric = new Set<Statement | undefined>();
  const network = new Set<Statement>();
  for (const { qualifiedName, name, within } of programIndex(program).calls) {
    for (const scope of within) {
      if (qualifiedName?.startsWith("numpy.") === true) numeric.add(scope);
      const isNetwork = /^(?:torch|keras|tensorflow|jax)\./.test(qualifiedName ?? "");
      if (isNetwork || name === "parameters" || name === "backward") network.add(scope);
    }
  }
  for (const scope of network) numeric.delete(scope);
  numericOf.set(program, numeric);
  return numeric;
}

/** `l1 = nn.Linear(…)` is a first layer, no norm, and `log_reg = LogisticRegression()` regresses. */
function isModel(node: NameExpression, program: PythonProgram): boolean {
  const definition = program.definition(node);
  if (definition?.kind !== "assigned" || definition.value.kind !== "call") return false;
  const callee = definition.value.callee;
  const built = program.qualifiedName(callee.kind === "call" ? callee.callee : callee) ?? "";
  return /^(?:torch\.nn\.[A-Z]|keras\.layers\.|sklearn\.)|(?:Regressor|Regression)$/.test(built);
}

const NORMS = new Set(["norm", "vector_norm", "pow", "square", "abs", "l1_norm", "l2_norm"]);

/** `sum(p.pow(2).sum() for p in net.parameters())`, whatever it is called. */
function ofParameterSum(site: CallSite): RegularizerFact[] {
  const [first] = site.call.arguments;
  if (first?.value.kind !== "comprehension") return [];
  const { element, clauses } = first.value;
  const isOverParameters = clauses.some(({ iterable }) =>
    [...expressionsIn(iterable)].some(
      (node) => node.kind === "attribute" && /^(?:named_)?parameters$/.test(node.attribute),
    ),
  );
  const parts = isOverParameters ? [...expressionsIn(element)] : [];
  const isGradient = parts.some((node) => node.kind === "attribute" && node.attribute === "grad");
  const isNorm = parts.some(
    (node) =>
      (node.kind === "call" && NORMS.has(lastName(node.callee) ?? "")) ||
      (node.kind === "binary" && node.operator === "**"),
  );
  return isNorm && !isGradient ? [fact("penalty term", site.call.span, site.within)] : [];
}
