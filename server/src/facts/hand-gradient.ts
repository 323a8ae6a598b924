import type { Span } from "../../../core/protocol/span.ts";
import type { Addend } from "../math/addends.ts";
import type { HandGradient, NamedLoss } from "../math/gradient-disagreement.ts";
import { type HandWrittenGradient, handGradientsIn } from "../math/hand-gradients.ts";
import type { Ir } from "../math/ir.ts";
import { symbolsReadBy } from "../math/ir-walk.ts";
import { type Scope, scopesOf } from "../math/scopes.ts";
import type { Statement } from "../syntax/python/ast.ts";
import type { Extractor } from "./extractor.ts";

/** A loss that is computed in the scope of a gradient, or by a method of the same class. */
export interface ScopeLoss extends NamedLoss {
  readonly statement: Statement;
}

/** A gradient written out by hand, with the losses that it may be the gradient of. */
export interface HandGradientFact extends HandGradient<ScopeLoss> {
  readonly kind: "handGradient";
  readonly role: HandWrittenGradient["role"];
  readonly statement: Statement;
}

const LOSS_NAME =
  /^(?:(?:.*[._])?(?:loss|losses|costs?|objective|obj|risk|energy)(?:_(?:\w+))?|J(?:_\w+)?|mse|sse|rss)$/i;
/** Measured for show, maximised, or on other data. */
const OTHER_NAME =
  /likelihood|reward|elbo|valid|val_|_val|test|eval|best|prev|old|grad|d_?loss|dloss/i;
/** A document without any of these computes nothing that could be a gradient. */
const PREFILTER = /numpy|np\.|torch|jnp|jax|tensorflow|\.T\b|\.dot\(|@/;

export const handGradientFacts: Extractor<HandGradientFact> = {
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
};

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
  const losses = [...siblings.flatMap(returnedLosses), ...lossesIn(scope)];
  return gradients.map(({ parameter, addends, role, statement }) => ({
    kind: "handGradient",
    parameter,
    addends,
    role,
    statement,
    isComplete: isComplete(role, parameter.name, scope),
    losses: losses.filter(({ value }) => reads(value, parameter.name)),
  }));
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

const isLossName = (name: string): boolean => LOSS_NAME.test(name) && !OTHER_NAME.test(name);

function lossesIn(scope: Scope): readonly ScopeLoss[] {
  return scope.assignments.filter(
    ({ name, value, isExtendedLater }) => isLossName(name) && !isExtendedLater && value.weight > 2,
  );
}

const reads = (value: Ir, name: string): boolean =>
  [...symbolsReadBy(value).values()].some((symbol) => symbol.name === name);
