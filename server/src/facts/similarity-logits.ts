import { type FeatureGather, featureGather } from "../semantics/feature-gather.ts";
import { type FeatureNorm, featureNorm } from "../semantics/feature-norm.ts";
import { isHalfTyped } from "../semantics/half-typed.ts";
import { type LearnedScale, learnedScale } from "../semantics/learned-scale.ts";
import { type CallSite, programIndex, type Site } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { type LogitScale, type ScaledLogits, scaledLogits } from "../semantics/scaled-logits.ts";
import { mayHaveProducts, similarityProduct } from "../semantics/similarity-product.ts";
import { isRange, type SoftmaxKind, softmaxKind } from "../semantics/softmax-calls.ts";
import { instanceOf, stepIn } from "../semantics/training-loop-parts.ts";
import type {
  CallExpression,
  ClassStatement,
  Expression,
  Statement,
} from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions } from "../syntax/python/walk.ts";
import type { Extractor } from "./extractor.ts";

/** A softmax or cross-entropy over the rows or the columns of the logits. */
export interface LogitSink {
  readonly call: CallExpression;
  readonly site: Site;
  readonly kind: SoftmaxKind;
  /** Whether the label of row i is i: each item belongs to its namesake. */
  readonly isPairwise: boolean;
  readonly isTransposed: boolean;
}

/** Logits that are scaled, or products of the features of two sides, and what they feed. */
export interface SimilarityLogitsFact {
  readonly kind: "similarityLogits";
  readonly site: Site;
  readonly owner: ClassStatement | undefined;
  readonly product: ScaledLogits["product"];
  readonly core: Expression;
  readonly scales: readonly LogitScale[];
  readonly sinks: readonly LogitSink[];
  /** How the rows of the two sides are normalised; `undefined` without a product. */
  readonly norms: { readonly left: FeatureNorm; readonly right: FeatureNorm } | undefined;
  /** Where this is the transpose of other logits that are written out as well. */
  readonly twin: Expression | undefined;
  /** The parameter behind one of the scales. */
  readonly learned: { readonly scale: LogitScale; readonly parameter: LearnedScale } | undefined;
  /** What collects one of the sides from all processes, cut off from the gradient. */
  readonly gathers: readonly FeatureGather[];
  /** The statement that makes an optimizer step in this document. */
  readonly step: Statement | undefined;
  /** A name of the document that holds an object of the class around. */
  readonly instance: string | undefined;
  /** How often the function around is called in this document; 0 outside of functions. */
  readonly callCount: number;
}

const PREFILTER =
  /@|matmul|\bmm\b|einsum|cosine_similarity|cos_sim|temp|tau|logit_?scale|softmax|cross_?entropy/i;

export const similarityLogitsFacts: Extractor<SimilarityLogitsFact> = {
  kind: "similarityLogits",
  languages: ["python"],
  extract(syntax, { text }) {
    if (syntax.language !== "python" || !PREFILTER.test(text)) return [];
    const { program } = syntax;
    const found = new Map<Expression, Found>();
    const { statements, calls } = programIndex(program);
    if (mayHaveProducts(program)) {
      for (const site of statements) {
        for (const root of ownExpressions(site.statement)) collect(root, site, program, found);
      }
    }
    for (const site of calls) addSink(site, program, found);
    const all = [...found.values()].filter(({ logits, sinks }) => isOfUse(logits, sinks.length));
    return all
      .filter(({ logits }) => !isHalfTyped(logits.core, program.module))
      .map((one) => factOf(one, all, program));
  },
};

interface Found {
  logits: ScaledLogits;
  readonly site: Site;
  readonly sinks: LogitSink[];
}

const isOfUse = ({ product, scales }: ScaledLogits, sinks: number): boolean =>
  product !== undefined || (scales.length > 0 && sinks > 0);

/** Products and whatever scales them; a later use that scales them further replaces the earlier. */
function collect(
  root: Expression,
  site: Site,
  program: PythonProgram,
  found: Map<Expression, Found>,
): void {
  for (const node of expressionsIn(root)) {
    const isScaled = node.kind === "binary" && (node.operator === "*" || node.operator === "/");
    if (!isScaled && similarityProduct(node, program) === undefined) continue;
    const logits = scaledLogits(node, program);
    if (logits.product !== undefined) note(logits, site, found);
  }
}

function note(logits: ScaledLogits, site: Site, found: Map<Expression, Found>): Found {
  const key = logits.product?.node ?? logits.core;
  const known = found.get(key);
  if (known === undefined) {
    const fresh: Found = { logits, site, sinks: [] };
    found.set(key, fresh);
    return fresh;
  }
  if (logits.scales.length > known.logits.scales.length) known.logits = logits;
  return known;
}

function addSink(site: CallSite, program: PythonProgram, found: Map<Expression, Found>): void {
  const kind = softmaxKind(site, classAround(site.within), program);
  const { call } = site;
  if (kind === undefined || isHalfTyped(call, program.module)) return;
  const isMethod =
    call.callee.kind === "attribute" && program.qualifiedName(call.callee) === undefined;
  const receiver = isMethod && kind === "softmax" ? call.callee : undefined;
  const argument = receiver?.kind === "attribute" ? receiver.value : call.arguments[0]?.value;
  if (argument === undefined) return;
  const logits = scaledLogits(argument, program);
  const labels = call.arguments.find(({ name }) => name === "target") ?? call.arguments[1];
  note(logits, site, found).sinks.push({
    call,
    site,
    kind,
    isPairwise: labels !== undefined && isRange(labels.value, program),
    isTransposed: logits.isTransposed,
  });
}

const classAround = (within: Site["within"]): ClassStatement | undefined =>
  within.findLast((scope): scope is ClassStatement => scope.kind === "class");

function factOf(
  { logits, site, sinks }: Found,
  all: readonly Found[],
  program: PythonProgram,
): SimilarityLogitsFact {
  const owner = classAround(site.within);
  const { product, core, scales } = logits;
  const norm = (side: Expression) => featureNorm(side, { program, owner });
  return {
    kind: "similarityLogits",
    site,
    owner,
    product,
    core,
    scales,
    sinks,
    norms:
      product &&
      (product.isCosine
        ? { left: "unit", right: "unit" }
        : { left: norm(product.left), right: norm(product.right) }),
    twin: twinOf(logits, all, program),
    learned: owner && learnedOf(scales, owner, program),
    gathers: product === undefined ? [] : gathersOf(product, site, program),
    step: stepIn(program),
    instance: owner && instanceOf(owner, program),
    callCount: callCountOf(site, program),
  };
}

function learnedOf(
  scales: readonly LogitScale[],
  owner: ClassStatement,
  program: PythonProgram,
): SimilarityLogitsFact["learned"] {
  for (const scale of scales) {
    const parameter = learnedScale(scale.base, owner, program);
    if (parameter !== undefined) return { scale, parameter };
  }
  return undefined;
}

function gathersOf(
  { left, right }: NonNullable<ScaledLogits["product"]>,
  site: Site,
  program: PythonProgram,
): readonly FeatureGather[] {
  return [left, right].flatMap((side) => featureGather(side, site, program) ?? []);
}

function callCountOf({ within }: Site, program: PythonProgram): number {
  const name = within.findLast(({ kind }) => kind === "function")?.name;
  return name === undefined
    ? 0
    : programIndex(program).calls.filter((site) => site.name === name).length;
}

/** Logits of the same two sides the other way round. */
function twinOf(
  { product }: ScaledLogits,
  all: readonly Found[],
  program: PythonProgram,
): Expression | undefined {
  if (product === undefined) return undefined;
  const { text } = program.module;
  const shown = ({ span }: Expression) => text.slice(span.start, span.end);
  const twin = all.find(
    ({ logits: { product: other } }) =>
      other !== undefined &&
      shown(other.left) === shown(product.right) &&
      shown(other.right) === shown(product.left),
  );
  return twin?.logits.product?.node;
}
