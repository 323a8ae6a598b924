import { wordsOf } from "../semantics/identifier-words.ts";
import { lastName, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type {
  CallExpression,
  Expression,
  ForStatement,
  FunctionStatement,
  IfStatement,
  Statement,
  WhileStatement,
} from "../syntax/python/ast.ts";
import { blocksOf } from "../syntax/python/walk.ts";
import type { Extractor } from "./extractor.ts";
import { optimizersOf } from "./optimizer.ts";

/** What a loop, or a function without one, does to gradients in one round. */
export interface TrainingStepFact {
  readonly kind: "trainingStep";
  readonly program: PythonProgram;
  /** The loop whose round it is; `undefined` for the body of a function or of the document. */
  readonly loop: ForStatement | WhileStatement | undefined;
  readonly function: FunctionStatement | undefined;
  /** In source order; those of inner loops are among them. */
  readonly events: readonly StepEvent[];
}

export interface StepEvent {
  readonly action: "zero" | "backward" | "unscale" | "clip" | "step";
  readonly call: CallExpression;
  readonly statement: Statement;
  /** The statements beside it. */
  readonly block: readonly Statement[];
  /**
   * What it is done to, as written: the optimizer of `zero`, `unscale` and `step`, the loss of
   * `backward`, the parameters of `clip`.
   */
  readonly subject: Expression | undefined;
  /** Done by a `GradScaler`: the gradients are multiplied by its scale. */
  readonly scaler: Expression | undefined;
  /** Done by Accelerate, Lightning or another wrapper, which may do more than the name says. */
  readonly isWrapped: boolean;
  /** Branches around it inside the round, outermost first. */
  readonly branches: readonly Branch[];
  /** Loops around it inside the round. */
  readonly innerLoops: number;
}

export interface Branch {
  readonly test: IfStatement;
  readonly isElse: boolean;
}

export const trainingStepFacts: Extractor<TrainingStepFact> = {
  kind: "trainingStep",
  languages: ["python"],
  extract(syntax, { text }) {
    if (syntax.language !== "python" || !/\.step\b|backward/.test(text)) return [];
    const { program } = syntax;
    const rounds: Round[] = [];
    walkScope(program.module.body, undefined, program, rounds);
    return rounds
      .filter(({ ownEvents }) => ownEvents > 0)
      .map(({ loop, owner, events }) => ({
        kind: "trainingStep",
        program,
        loop,
        function: owner,
        events,
      }));
  },
};

/** True where `inner` is reached only together with `outer`, or after it in the same branch. */
export function isWithinBranches(inner: StepEvent, outer: StepEvent): boolean {
  return outer.branches.every(({ test, isElse }, index) => {
    const branch = inner.branches[index];
    return branch?.test === test && branch.isElse === isElse;
  });
}

/** True where one is done only if the other is not: they stand in two branches of one `if`. */
export function areAlternatives(a: StepEvent, b: StepEvent): boolean {
  return a.branches.some(({ test, isElse }) =>
    b.branches.some((other) => other.test === test && other.isElse !== isElse),
  );
}

interface Round {
  readonly loop: ForStatement | WhileStatement | undefined;
  readonly owner: FunctionStatement | undefined;
  readonly events: StepEvent[];
  /** Events that stand in no inner loop. */
  ownEvents: number;
}

interface Place {
  readonly program: PythonProgram;
  readonly rounds: Round[];
  /** Rounds around, the innermost last, with the number of branches outside of each. */
  readonly around: readonly { readonly round: Round; readonly outside: number }[];
  readonly owner: FunctionStatement | undefined;
  readonly branches: readonly Branch[];
}

function walkScope(
  body: readonly Statement[],
  owner: FunctionStatement | undefined,
  program: PythonProgram,
  rounds: Round[],
): void {
  const round: Round = { loop: undefined, owner, events: [], ownEvents: 0 };
  rounds.push(round);
  walkBlock(body, { program, rounds, around: [{ round, outside: 0 }], owner, branches: [] });
}

function walkBlock(block: readonly Statement[], place: Place): void {
  for (const statement of block) walkStatement(statement, block, place);
}

function walkStatement(statement: Statement, block: readonly Statement[], place: Place): void {
  const { program, rounds, around, owner, branches } = place;
  if (statement.kind === "function") {
    walkScope(statement.body, statement, program, rounds);
    return;
  }
  if (statement.kind === "class") {
    walkScope(statement.body, undefined, program, rounds);
    return;
  }
  noteEvents(statement, block, place);
  if (statement.kind === "for" || statement.kind === "while") {
    const round: Round = { loop: statement, owner, events: [], ownEvents: 0 };
    rounds.push(round);
    const inner = [...around, { round, outside: branches.length }];
    walkBlock(statement.body, { ...place, around: inner });
    walkBlock(statement.otherwise, place);
  } else if (statement.kind === "if") {
    const into = (isElse: boolean): Place => ({
      ...place,
      branches: [...branches, { test: statement, isElse }],
    });
    walkBlock(statement.body, into(false));
    walkBlock(statement.otherwise, into(true));
  } else {
    for (const inner of blocksOf(statement)) walkBlock(inner, place);
  }
}

function noteEvents(statement: Statement, block: readonly Statement[], place: Place): void {
  const { program, around, branches } = place;
  for (const { call } of programIndex(program).callsOf(statement)) {
    const done = eventOf(call, program);
    if (done === undefined) continue;
    around.forEach(({ round, outside }, index) => {
      const innerLoops = around.length - 1 - index;
      if (innerLoops === 0) round.ownEvents += 1;
      const inside = branches.slice(outside);
      round.events.push({ ...done, call, statement, block, branches: inside, innerLoops });
    });
  }
}

type Done = Pick<StepEvent, "action" | "subject" | "scaler" | "isWrapped">;

const CLIPS = /^clip_grad(?:_norm|_value|s_with_norm)?_?$|^clip_gradients$/;

function eventOf(call: CallExpression, program: PythonProgram): Done | undefined {
  const { callee } = call;
  const name = lastName(callee);
  const [first] = call.arguments;
  const qualifiedName = program.qualifiedName(callee);
  if (CLIPS.test(qualifiedName?.split(".").at(-1) ?? name ?? "")) {
    const isBare = qualifiedName === undefined && callee.kind === "name";
    const isWrapped =
      !isBare && !/^(?:torch\.nn\.utils|apex\.contrib\.clip_grad)\./.test(qualifiedName ?? "");
    return { action: "clip", subject: first?.value, scaler: undefined, isWrapped };
  }
  if (callee.kind !== "attribute") return undefined;
  const receiver = callee.value;
  switch (name) {
    case "backward":
    case "manual_backward":
      return backwardOf(receiver, first?.value);
    case "zero_grad":
      return { action: "zero", subject: receiver, scaler: undefined, isWrapped: false };
    case "unscale_":
    case "unscale_gradients":
      return { action: "unscale", subject: first?.value, scaler: receiver, isWrapped: false };
    case "step":
      return stepOf(receiver, first?.value, program);
    default:
      return undefined;
  }
}

/** `loss.backward()`, `scaler.scale(loss).backward()`, `accelerator.backward(loss)`. */
function backwardOf(receiver: Expression, given: Expression | undefined): Done {
  const isScaled =
    receiver.kind === "call" &&
    receiver.callee.kind === "attribute" &&
    receiver.callee.attribute === "scale";
  if (isScaled && receiver.callee.kind === "attribute") {
    const subject = receiver.arguments[0]?.value;
    return { action: "backward", subject, scaler: receiver.callee.value, isWrapped: false };
  }
  const wrapper = /^(?:accelerator|fabric|engine|self|model_engine|manager|trainer)$/;
  const isWrapped = given !== undefined && wrapper.test(lastName(receiver) ?? "");
  const subject = isWrapped ? given : receiver;
  return { action: "backward", subject, scaler: undefined, isWrapped };
}

const SCALERS = new Set(["scaler", "amp", "grad_scaler", "gradscaler"]);

/** `optimizer.step()` and `scaler.step(optimizer)`, but no step of a schedule or of a game. */
function stepOf(
  receiver: Expression,
  given: Expression | undefined,
  program: PythonProgram,
): Done | undefined {
  const words = wordsOf(lastName(receiver) ?? "");
  const isScaler = words.some((word) => SCALERS.has(word)) || isMadeScaler(receiver, program);
  if (isScaler && given !== undefined) {
    return { action: "step", subject: given, scaler: receiver, isWrapped: false };
  }
  const isOptimizer =
    words.some((word) => /^(?:opt|optim|optimizers?|optimisers?)\d*$/.test(word)) &&
    !words.some((word) => /^(?:sched|scheduler|lr)$/.test(word));
  return isOptimizer || isBuilt(receiver, program)
    ? { action: "step", subject: receiver, scaler: undefined, isWrapped: false }
    : undefined;
}

function isMadeScaler(receiver: Expression, program: PythonProgram): boolean {
  const made = madeBy(receiver, program);
  return made?.kind === "call" && lastName(made.callee) === "GradScaler";
}

const isBuilt = (receiver: Expression, program: PythonProgram): boolean => {
  const made = madeBy(receiver, program);
  return made !== undefined && optimizersOf(program).some(({ call }) => call === made);
};

function madeBy(node: Expression, program: PythonProgram): Expression | undefined {
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  return definition?.kind === "assigned" ? definition.value : undefined;
}
