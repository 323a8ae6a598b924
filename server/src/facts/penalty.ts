import { targetNames } from "../semantics/bound-names.ts";
import { isHalfTypedStatement } from "../semantics/half-typed.ts";
import { mayComputeNorm } from "../semantics/penalty-signs.ts";
import { programIndex, type Site } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { statementTree } from "../semantics/statement-tree.ts";
import { isPenalty, type Norm, type Term, type TrainingValue } from "../semantics/training-term.ts";
import { trainingValue } from "../semantics/training-value.ts";
import type {
  Expression,
  ForStatement,
  FunctionStatement,
  NameExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { childExpressions, expressionsIn, ownExpressions } from "../syntax/python/walk.ts";
import { type Extractor, isCode, once } from "./extractor.ts";

/** A norm of weights that the document computes, where it is written. */
export interface PenaltyFact {
  readonly kind: "penalty";
  readonly program: PythonProgram;
  readonly norm: Norm;
  /** With the coefficients that stand in the same statement. */
  readonly term: Term;
  readonly site: Site;
  /** What it is called: the name it is assigned to, the function that returns it and its class. */
  readonly names: readonly string[];
  /** The name that the statement assigns or adds it to. */
  readonly target: NameExpression | undefined;
  readonly function: FunctionStatement | undefined;
  /** The innermost loop around it whose target the weights are. */
  readonly loop: ForStatement | undefined;
}

/** What every norm is written with. */
const PREFILTER = /norm|abs|pow|square|\*\*|sum|dot|@|l2_loss/;

export const penaltyFacts: Extractor<PenaltyFact> = once({
  kind: "penalty",
  languages: ["python", "javascript"],
  pythonMentions: [mayComputeNorm],
  extract(syntax, { text }) {
    if (!isCode(syntax) || !PREFILTER.test(text)) return [];
    const { program } = syntax;
    return sitesWithSums(program).flatMap((site) =>
      ownExpressions(site.statement).flatMap((root) =>
        normsWrittenIn(root, site, program).map((term) => factOf(term, site, program)),
      ),
    );
  },
});

/** Calls one of which makes one number of many. */
const SUMS = new Set(
  "add_n dot fsum global_norm inner l2_loss matmul matrix_norm mean norm reduce reduce_mean reduce_sum sum tree_reduce vdot vector_norm".split(
    " ",
  ),
);

/** Statements that may compute a norm, in source order. */
function sitesWithSums(program: PythonProgram): readonly Site[] {
  const { calls, statements } = programIndex(program);
  const { module } = program;
  const summing = new Set(
    calls.flatMap(({ name, qualifiedName, statement }) =>
      SUMS.has(name ?? "") || SUMS.has(qualifiedName?.split(".").at(-1) ?? "") ? [statement] : [],
    ),
  );
  const signs = [...module.text.matchAll(/@/g)].map(({ index }) => index);
  const hasProduct = (statement: Statement) =>
    signs.length > 0 &&
    ownExpressions(statement).some(({ span }) =>
      signs.some((sign) => span.start <= sign && sign < span.end),
    );
  return statements.filter(
    ({ statement }) =>
      (summing.has(statement) || hasProduct(statement)) && !isHalfTypedStatement(statement, module),
  );
}

type PenaltyTerm = Term & { readonly content: { readonly kind: "penalty"; readonly norm: Norm } };

/** The norms that stand in an expression, with what multiplies them there. */
function normsWrittenIn(root: Expression, site: Site, program: PythonProgram): PenaltyTerm[] {
  const found: PenaltyTerm[] = [];
  const rest = [root];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const node = next;
    if (!mayCompute(node)) continue;
    const here = penaltiesOf(trainingValue(node, site.statement, program)).filter(
      ({ content: { norm } }) => norm.source === "computed" && isWithin(norm.node, node),
    );
    if (here.length > 0) found.push(...here);
    else rest.push(...[...childExpressions(node)].reverse());
  }
  return found;
}

/** False for what cannot contain a norm: one is computed by a call or an operator. */
function mayCompute(node: Expression): boolean {
  switch (node.kind) {
    case "name":
    case "number":
    case "string":
    case "constant":
    case "attribute":
      return node.kind === "attribute" && mayCompute(node.value);
    default:
      return true;
  }
}

const isWithin = (inner: Expression, outer: Expression): boolean =>
  inner.span.start >= outer.span.start && inner.span.end <= outer.span.end;

function penaltiesOf(value: TrainingValue): readonly PenaltyTerm[] {
  if (value.kind === "terms") return value.terms.filter(isPenalty);
  return value.kind === "collection" ? value.items.flatMap(penaltiesOf) : [];
}

function factOf(term: PenaltyTerm, site: Site, program: PythonProgram): PenaltyFact {
  const owner = site.within.findLast(
    (scope): scope is FunctionStatement => scope.kind === "function",
  );
  const assigned = targetOf(site);
  return {
    kind: "penalty",
    program,
    norm: term.content.norm,
    term,
    site,
    names: namesOf(site),
    target: assigned?.kind === "name" ? assigned : undefined,
    function: owner,
    loop: loopOver(term.content.norm, site, program),
  };
}

/** What a statement calls the value that it computes. */
function namesOf(site: Site): readonly string[] {
  const { statement, within } = site;
  if (statement.kind === "return") {
    const owner = within.at(-1);
    const holder = within.at(-2);
    // An object that is called is what its class is called.
    const isCalled = owner !== undefined && /^(?:__call__|call|forward)$/.test(owner.name);
    return [owner, isCalled && holder?.kind === "class" ? holder : undefined].flatMap(
      (scope) => scope?.name ?? [],
    );
  }
  const target = targetOf(site);
  if (target?.kind === "name") return [target.id];
  return target?.kind === "attribute" ? [target.attribute] : [];
}

function targetOf({ statement }: Site): Expression | undefined {
  if (statement.kind === "augmented") return statement.target;
  return statement.kind === "assign" ? statement.targets[0] : undefined;
}

/** The loop whose target the norm reads. */
function loopOver(
  norm: Norm,
  { statement }: Site,
  program: PythonProgram,
): ForStatement | undefined {
  const read = new Set(namesIn(norm.node));
  return statementTree(program)
    .around(statement)
    .find(
      (outer): outer is ForStatement =>
        outer.kind === "for" && targetNames(outer.target).some((id) => read.has(id)),
    );
}

const namesIn = (root: Expression): string[] =>
  [...expressionsIn(root)].flatMap((node) => (node.kind === "name" ? [node.id] : []));
