import type {
  ClassStatement,
  Expression,
  FunctionStatement,
  Statement,
} from "../syntax/python/ast.ts";
import { blocksOf } from "../syntax/python/walk.ts";
import type { Place } from "./model-origin.ts";
import { type Condition, conditionOf, not } from "./parameter-condition.ts";
import type { ParameterWalk } from "./parameter-source.ts";

/** A statement of a scope, under the conditions that lead to it inside a loop over parameters. */
export interface LoopStep {
  readonly statement: Statement;
  /** The loop over parameters around it, and its statement. */
  readonly walk: ParameterWalk | undefined;
  readonly loop: Statement | undefined;
  readonly conditions: readonly Condition[];
}

type Reader = (target: Expression, iterable: Expression) => ParameterWalk | undefined;

/** The simple statements of a scope in source order, not those of functions and classes in it. */
export function parameterLoops(
  block: readonly Statement[],
  { home }: Place,
  read: Reader,
): readonly LoopStep[] {
  const steps: LoopStep[] = [];
  const follow = (body: readonly Statement[], around: Omit<LoopStep, "statement">) => {
    let current = around;
    for (const statement of body) current = followOne(statement, current);
  };
  const followOne = (
    statement: Statement,
    around: Omit<LoopStep, "statement">,
  ): Omit<LoopStep, "statement"> => {
    if (statement.kind === "if") return followIf(statement, around);
    if (isScope(statement)) return around;
    const walk =
      statement.kind === "for" && around.walk === undefined
        ? read(statement.target, statement.iterable)
        : undefined;
    const inside = walk === undefined ? around : { ...around, walk, loop: statement };
    if (blocksOf(statement).length === 0) steps.push({ statement, ...around });
    for (const inner of blocksOf(statement)) follow(inner, inside);
    return around;
  };
  const followIf = (
    { test, body, otherwise }: Extract<Statement, { kind: "if" }>,
    around: Omit<LoopStep, "statement">,
  ) => {
    const { walk, conditions } = around;
    // Outside of such a loop the test says nothing of a parameter: both ways are possible.
    if (walk === undefined) {
      follow(body, around);
      follow(otherwise, around);
      return around;
    }
    const condition = conditionOf(test, walk.subject, home.program);
    const unless = { ...around, conditions: [...conditions, not(condition)] };
    follow(body, { ...around, conditions: [...conditions, condition] });
    follow(otherwise, unless);
    const last = body.at(-1);
    return last?.kind === "other" && last.keyword === "continue" ? unless : around;
  };
  follow(block, { walk: undefined, loop: undefined, conditions: [] });
  return steps;
}

const isScope = (statement: Statement): statement is FunctionStatement | ClassStatement =>
  statement.kind === "function" || statement.kind === "class";
