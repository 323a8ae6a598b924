import type { Span } from "../../../core/protocol/span.ts";
import type { RegularizerFact } from "../facts/regularizer.ts";
import type {
  CallExpression,
  ClassStatement,
  Expression,
  NameExpression,
} from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import { constantNumber } from "./call-arguments.ts";
import { type ModelView, modelParts } from "./model-view.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { formOfKeyword } from "./regularizer-names.ts";

/** The regularizers of a document that may be of a model: none that surely stands in another one. */
export function concerningRegularizers(
  regularizers: readonly RegularizerFact[],
  view: ModelView,
  program: PythonProgram,
): readonly RegularizerFact[] {
  return regularizers.filter(
    (regularizer) =>
      concerns(regularizer.owner, view) && !isInOtherStack(regularizer, view, program),
  );
}

/** A regularizer in the class of another model says nothing about this one. */
function concerns(owner: ClassStatement | undefined, view: ModelView): boolean {
  if (owner === undefined || view.kind !== "classes" || view.classes.includes(owner)) return true;
  const isModel = owner.body.some(
    (statement) =>
      statement.kind === "function" && ["forward", "call", "__call__"].includes(statement.name),
  );
  return !isModel;
}

const STACK = /^(?:keras(?:\.models)?|torch\.nn)\.Sequential$/;
const LAYER = /^(?:keras\.layers|torch\.nn)\.[A-Z]/;
const ADDING = /^(?:add|append|insert|extend|add_module)$/;

/** A layer outside of the trained stack, as in a notebook that builds model after model. */
function isInOtherStack(
  { span }: RegularizerFact,
  view: ModelView,
  program: PythonProgram,
): boolean {
  const parts = view.kind === "built" ? partsOfStack(view.call, program) : undefined;
  if (parts === undefined || parts.some((part) => holds(part, span))) return false;
  const around = programIndex(program).calls.filter(({ call }) => holds(call.span, span));
  return (
    around.some(({ qualifiedName }) => LAYER.test(qualifiedName ?? "")) &&
    !around.some(({ name }) => ADDING.test(name ?? ""))
  );
}

/** Where a stack and the layers that it names are built; `undefined` where a part is not in sight. */
function partsOfStack(stack: CallExpression, program: PythonProgram): Span[] | undefined {
  if (!STACK.test(program.qualifiedName(stack.callee) ?? "")) return undefined;
  const parts = [stack.span];
  for (const node of expressionsIn(stack)) {
    if (node.kind !== "name" || program.qualifiedName(node) !== undefined) continue;
    const named = namedLayer(node, program);
    if (named === "hidden") return undefined;
    if (named !== "value") parts.push(named.span);
  }
  return parts;
}

/** The call that builds a layer of that name; a plain value, as a width; or something unknown. */
function namedLayer(
  node: NameExpression,
  program: PythonProgram,
): CallExpression | "value" | "hidden" {
  const definition = program.definition(node);
  if (definition?.kind !== "assigned") return "hidden";
  const { value } = definition;
  if (value.kind === "list" || value.kind === "name") return "hidden";
  if (value.kind !== "call") return "value";
  const name = program.qualifiedName(value.callee) ?? "";
  return LAYER.test(name) && !STACK.test(name) ? value : "hidden";
}

/** What may be said of a training by name. */
interface Training {
  readonly view: ModelView;
  /** Of the document that trains. */
  readonly program: PythonProgram;
  /** Where that document makes the models that it trains. */
  readonly beginnings: readonly number[];
  /** True where that document trains no other model, in sight or not. */
  readonly isOnlyModel: boolean;
}

/** The regularizers that surely work in a training: of its own model, switched on, and no hearsay. */
export function creditedRegularizers(
  regularizers: readonly RegularizerFact[],
  training: Training,
): readonly RegularizerFact[] {
  const isDropping = !switchesDropoutOff(training.program);
  return regularizers.filter(
    (regularizer) =>
      !regularizer.isHearsay &&
      (regularizer.form !== "dropout" || isDropping) &&
      isOfThisModel(regularizer, training),
  );
}

/** `Transformer(width=64, dropout=0)`: what the class can do is not done here. */
function switchesDropoutOff(program: PythonProgram): boolean {
  return programIndex(program).calls.some(
    ({ qualifiedName, call }) =>
      call.arguments.some(
        ({ name, value }) =>
          name !== undefined &&
          formOfKeyword(name) === "dropout" &&
          constantNumber(value, program) === 0,
      ) && !LAYER.test(qualifiedName ?? ""),
  );
}

/**
 * True where a document trains one model; else for what stands inside of this one, between its
 * building and the end of its training, or before all of them.
 */
function isOfThisModel({ span, owner }: RegularizerFact, training: Training): boolean {
  const { view, program, beginnings, isOnlyModel } = training;
  if (isOnlyModel) return true;
  if (view.kind !== "built") {
    return view.kind === "classes" && owner !== undefined && view.classes.includes(owner);
  }
  if (placesOf(view.call, program).some((place) => holds(place, span))) return true;
  const isBeforeAll = beginnings.every((beginning) => span.end <= beginning);
  return isBeforeAll || holds(sectionOf(view.call, beginnings, program), span);
}

const TRAINING = /^(?:fit|fitDataset|train_on_batch|backward)$/;

/** From the building of a model to the last call that trains before the next one is made. */
function sectionOf(
  { span: { start } }: CallExpression,
  beginnings: readonly number[],
  program: PythonProgram,
): Span {
  const later = beginnings.filter((other) => other > start);
  const next = Math.min(...later, program.module.text.length);
  const ends = programIndex(program)
    .calls.filter(({ name }) => TRAINING.test(name ?? ""))
    .map(({ call }) => call.span.end)
    .filter((end) => start < end && end <= next);
  return { start, end: ends.length === 0 ? next : Math.max(...ends) };
}

/** The call that builds a model, its added and named parts, and the function that it calls. */
function placesOf(model: CallExpression, program: PythonProgram): readonly Span[] {
  const definitionOf = (node: Expression) =>
    node.kind === "name" ? program.definition(node) : undefined;
  const built = definitionOf(model.callee);
  const parts = modelParts(model, program);
  const named = parts
    .flatMap((part) => [...expressionsIn(part)])
    .flatMap((node) => {
      const definition = definitionOf(node);
      return definition?.kind === "assigned" ? [definition.value] : [];
    });
  const body = built?.kind === "defined" ? [built.statement.span] : [];
  return [...[...parts, ...named].map(({ span }) => span), ...body];
}

const holds = (outer: Span, inner: Span) => outer.start <= inner.start && inner.end <= outer.end;
