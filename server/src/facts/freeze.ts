import type { Span } from "../../../core/protocol/span.ts";
import type { Home } from "../project/imported-definition.ts";
import type { Place } from "../semantics/model-origin.ts";
import { ALWAYS } from "../semantics/parameter-condition.ts";
import { type LoopStep, parameterLoops } from "../semantics/parameter-loops.ts";
import { parameterWalk } from "../semantics/parameter-selection.ts";
import { narrowed, type Selection } from "../semantics/parameter-source.ts";
import { programIndex } from "../semantics/program-index.ts";
import type { Expression, Statement } from "../syntax/python/ast.ts";
import type { Extractor } from "./extractor.ts";

/** Code that takes parameters out of training, or back into it. */
export interface FreezeFact {
  readonly kind: "freeze";
  /** `requires_grad` is switched, or gradients are made zero after they were computed. */
  readonly form: "requires_grad" | "zero gradient";
  /** True where it lets the parameters train again. */
  readonly isTrainable: boolean;
  readonly selection: Selection;
  /** The assignment or call. */
  readonly span: Span;
  /** `p.grad` of `p.grad.zero_()`. */
  readonly gradient: Expression | undefined;
  /** What stands in its scope: the loop over parameters around it, else itself. */
  readonly statement: Statement;
  readonly place: Place;
}

const MOST_STEPS = 8;

export const freezeFacts: Extractor<FreezeFact> = {
  kind: "freeze",
  languages: ["python"],
  extract(syntax, { path, project }) {
    if (syntax.language !== "python") return [];
    const home = { program: syntax.program, path, project };
    return placesIn(home)
      .flatMap(({ place, body }) => {
        const read = (target: Expression, iterable: Expression) =>
          parameterWalk(target, iterable, place, MOST_STEPS);
        return parameterLoops(body, place, read).flatMap((step) => freezeOf(step, place) ?? []);
      })
      .sort((a, b) => a.span.start - b.span.start);
  },
};

/** The module and every function in it. */
function placesIn(home: Home): readonly { place: Place; body: readonly Statement[] }[] {
  const functions = programIndex(home.program).statements.flatMap(({ statement, within }) =>
    statement.kind === "function"
      ? [{ place: { home, around: [...within, statement] }, body: statement.body }]
      : [],
  );
  return [{ place: { home, around: [] }, body: home.program.module.body }, ...functions];
}

function freezeOf(step: LoopStep, place: Place): FreezeFact | undefined {
  const change = changeOf(step.statement);
  if (change === undefined) return undefined;
  const { subject, form, isTrainable } = change;
  const selection = selectionOfSubject(subject, step, place, change.isModule);
  if (selection === undefined) return undefined;
  const { span } = step.statement;
  const statement = step.loop ?? step.statement;
  const { gradient } = change;
  return { kind: "freeze", form, isTrainable, selection, span, gradient, statement, place };
}

interface Change {
  /** A parameter, or a module where `isModule`. */
  readonly subject: Expression;
  readonly isModule: boolean;
  readonly form: FreezeFact["form"];
  readonly isTrainable: boolean;
  readonly gradient: Expression | undefined;
}

const switched = (subject: Expression, isModule: boolean, isTrainable: boolean): Change => ({
  subject,
  isModule,
  form: "requires_grad",
  isTrainable,
  gradient: undefined,
});

function changeOf(statement: Statement): Change | undefined {
  if (statement.kind === "assign") {
    const [target] = statement.targets;
    const { value } = statement;
    if (target?.kind !== "attribute" || target.attribute !== "requires_grad") return undefined;
    if (value?.kind !== "constant" || typeof value.value !== "boolean") return undefined;
    return switched(target.value, false, value.value);
  }
  if (statement.kind !== "expression" || statement.value.kind !== "call") return undefined;
  const { callee, arguments: given } = statement.value;
  if (callee.kind !== "attribute") return undefined;
  if (callee.attribute === "requires_grad_") return switchOf(callee.value, given[0]?.value);
  const gradient = callee.attribute === "zero_" ? withoutData(callee.value) : undefined;
  return gradient?.kind === "attribute" && gradient.attribute === "grad"
    ? { ...switched(gradient.value, false, false), form: "zero gradient", gradient }
    : undefined;
}

/** `net.body.requires_grad_(False)`; without an argument it means `True`. */
function switchOf(subject: Expression, value: Expression | undefined): Change | undefined {
  const isKnown =
    value === undefined || (value.kind === "constant" && typeof value.value === "boolean");
  if (!isKnown) return undefined;
  const isTrainable = value === undefined || (value.kind === "constant" && value.value === true);
  return switched(subject, true, isTrainable);
}

/** `p.grad` of `p.grad.data` */
const withoutData = (node: Expression): Expression =>
  node.kind === "attribute" && node.attribute === "data" ? node.value : node;

function selectionOfSubject(
  subject: Expression,
  { walk, conditions, statement }: LoopStep,
  place: Place,
  isModule: boolean,
): Selection | undefined {
  if (subject.kind === "name" && subject.id === walk?.subject.parameter) {
    return walk.selection.map((source) => narrowed(source, conditions));
  }
  if (!isModule || walk !== undefined) return undefined;
  return [{ model: subject, place, condition: ALWAYS, span: statement.span }];
}
