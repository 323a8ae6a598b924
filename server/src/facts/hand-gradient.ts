import type { Span } from "../../../core/protocol/span.ts";
import { type Addend, sumOf } from "../math/addends.ts";
import { isScalarSymbol } from "../math/assign-shapes.ts";
import { type Disagreement, gradientDisagreement } from "../math/gradient-disagreement.ts";
import { isLossName, topicOf } from "../math/gradient-names.ts";
import {
  type HandGradient,
  type HandWrittenGradient,
  handGradientsIn,
  type NamedLoss,
} from "../math/hand-gradients.ts";
import type { Ir, SymbolIr } from "../math/ir.ts";
import { symbolsReadBy } from "../math/ir-walk.ts";
import { type Scope, scopesOf } from "../math/scopes.ts";
import type { Statement } from "../syntax/python/ast.ts";
import { type Extractor, once } from "./extractor.ts";

/** A loss that is computed in the scope of a gradient, or by a method of the same class. */
export interface ScopeLoss extends NamedLoss {
  readonly statement: Statement;
}

/** A gradient written out by hand, with the losses that it may be the gradient of. */
export interface HandGradientFact extends HandGradient<ScopeLoss> {
  readonly kind: "handGradient";
  readonly statement: Statement;
}

/** A document without any of these computes nothing that could be a gradient. */
const PREFILTER = /numpy|np\.|torch|jnp|jax|tensorflow|\.T\b|\.dot\(|@/;

export const handGradientFacts: Extractor<HandGradientFact> = once({
  kind: "handGradient",
  languages: ["python"],
  extract(syntax, { text }) {
    if (syntax.language !== "python" || !PREFILTER.test(text)) return [];
    const { errors } = syntax.program.module;
    const scopes = scopesOf(syntax.program);
    return scopes
      .flatMap((scope) => factsIn(scope, scopes))
      .filter((fact) => fact.addends.every((addend) => isWhole(addend, errors)));
  },
});

/** Half-typed terms may mean anything, and an edit of them would make things worse. */
function isWhole({ written: { origin } }: Addend, errors: readonly Span[]): boolean {
  return !errors.some(
    ({ start, end }) =>
      origin !== undefined && start <= origin.span.end && end >= origin.span.start,
  );
}

function factsIn(scope: Scope, scopes: readonly Scope[]): readonly HandGradientFact[] {
  const gradients = handGradientsIn(scope);
  if (gradients.length === 0) return [];
  const siblings = scopes.filter((other) => other !== scope && isSibling(other, scope));
  const near = [...siblings.flatMap(returnedLosses), ...lossesIn(scope)];
  const far = scopes.filter((other) => isPartner(other, scope)).flatMap(returnedLosses);
  return gradients.map(({ parameter, addends, role, statement }) => {
    const ofParameter = ({ value }: ScopeLoss): boolean => reads(value, parameter.name);
    const losses = near.filter(ofParameter);
    return {
      kind: "handGradient",
      parameter,
      addends,
      role,
      statement,
      isMaximising: isMaximising(scope),
      isComplete: isComplete(role, parameter.name, scope),
      losses:
        losses.length > 0 ? losses : far.filter(ofParameter).filter(sharesData(parameter, addends)),
    };
  });
}

/** Whether two functions, neither of a class, are the loss and the gradient of one thing by name. */
function isPartner(loss: Scope, gradient: Scope): boolean {
  const [ofLoss, ofGradient] = [loss.function?.name, gradient.function?.name];
  if (ofLoss === undefined || ofGradient === undefined || loss === gradient) return false;
  const isFree = loss.methods.size === 0 && gradient.methods.size === 0;
  return isFree && topicOf(ofLoss) === topicOf(ofGradient);
}

/** Whether a loss and a gradient take more than the parameter under the same names. */
function sharesData(parameter: SymbolIr, addends: readonly Addend[]) {
  const names = namesIn(sumOf(addends));
  return ({ value }: ScopeLoss): boolean =>
    [...namesIn(value)].some((name) => name !== parameter.name && names.has(name));
}

function namesIn(value: Ir): ReadonlySet<string> {
  const arrays = [...symbolsReadBy(value).values()].filter((symbol) => !isScalarSymbol(symbol));
  return new Set(arrays.map(({ name }) => name).filter((name) => name !== ""));
}

const MAXIMISED =
  /likelihood|reward|elbo|ascent|ascend|maximi|advers|attack|unlearn|return_|payoff/i;

function isMaximising({ function: owner, assignments }: Scope): boolean {
  return [owner?.name ?? "", ...assignments.map(({ name }) => name)].some((name) =>
    MAXIMISED.test(name),
  );
}

/** Whether the scope changes the parameter in this one place. */
function isComplete(role: HandWrittenGradient["role"], name: string, scope: Scope): boolean {
  const changes = scope.assignments.filter(
    (assignment) => assignment.name === name && assignment.before !== undefined,
  );
  return role === "returned" ? changes.length === 0 : role === "update" && changes.length === 1;
}

/** Whether two scopes are methods of one class, where `self.w` is the same in both. */
const isSibling = (a: Scope, b: Scope): boolean => a.methods === b.methods && a.methods.size > 0;

/** What a method that is named after a loss returns. */
function returnedLosses(scope: Scope): readonly ScopeLoss[] {
  const name = scope.function?.name ?? "";
  return isLossName(name) ? scope.returns.map((result) => ({ ...result, name })) : [];
}

function lossesIn(scope: Scope): readonly ScopeLoss[] {
  return scope.assignments.filter(
    ({ name, value, isExtendedLater }) => isLossName(name) && !isExtendedLater && value.weight > 2,
  );
}

const reads = (value: Ir, name: string): boolean =>
  [...symbolsReadBy(value).values()].some((symbol) => symbol.name === name);

const disagreements = new WeakMap<
  HandGradientFact,
  { found: Disagreement<ScopeLoss> | undefined }
>();

/** What the gradient gets wrong; found once, as several rules ask for it. */
export function disagreementOf(fact: HandGradientFact): Disagreement<ScopeLoss> | undefined {
  const known = disagreements.get(fact) ?? { found: gradientDisagreement(fact) };
  disagreements.set(fact, known);
  return known.found;
}
