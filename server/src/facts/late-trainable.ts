import type { Span } from "../../../core/protocol/span.ts";
import { isHalfTypedStatement } from "../semantics/half-typed.ts";
import { type CallSite, programIndex, type Site } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { isSameValue } from "../semantics/same-value.ts";
import type { Expression, Statement } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions } from "../syntax/python/walk.ts";
import { type Extractor, isCode } from "./extractor.ts";

/**
 * `base.trainable = …` between two `fit` calls of a Keras model that it is part of, without a
 * `compile` between them: the first `fit` has built the step that the second one runs.
 */
export interface LateTrainableFact {
  readonly kind: "lateTrainable";
  readonly program: PythonProgram;
  /** The assignment. */
  readonly span: Span;
  /** The loop over layers around it, else itself. */
  readonly statement: Statement;
  readonly target: Expression;
  readonly compile: CallSite;
  readonly fit: CallSite;
}

export const lateTrainableFacts: Extractor<LateTrainableFact> = {
  kind: "lateTrainable",
  languages: ["python", "javascript"],
  extract(syntax) {
    if (!isCode(syntax)) return [];
    const { program } = syntax;
    return programIndex(program).statements.flatMap((site) => lateChange(site, program) ?? []);
  },
};

const receiver = ({ call }: CallSite): Expression | undefined =>
  call.callee.kind === "attribute" ? call.callee.value : undefined;

function lateChange(site: Site, program: PythonProgram): LateTrainableFact | undefined {
  const { statement, within } = site;
  const [target] = statement.kind === "assign" ? statement.targets : [];
  if (target?.kind !== "attribute" || target.attribute !== "trainable") return undefined;
  if (isHalfTypedStatement(statement, program.module)) return undefined;
  const here = programIndex(program).calls.filter((call) => call.within.at(-1) === within.at(-1));
  const compiles = here.filter(
    ({ name, call }) => name === "compile" && call.callee.kind === "attribute",
  );
  const compile = compiles.findLast(({ call }) => call.span.end <= statement.span.start);
  const fits = here.filter(({ name }) => name === "fit");
  const fit = fits.find(({ call }) => call.span.start >= statement.span.end);
  const earlier = fits.find(
    ({ call }) =>
      compile !== undefined &&
      call.span.start >= compile.call.span.end &&
      call.span.end <= statement.span.start,
  );
  if (compile === undefined || fit === undefined || earlier === undefined) return undefined;
  const isRecompiled = compiles.some(
    ({ call }) => call.span.start >= statement.span.end && call.span.end <= fit.call.span.start,
  );
  const [model, ...trained] = [receiver(compile), receiver(earlier), receiver(fit)];
  if (isRecompiled || model === undefined) return undefined;
  const changed = changedModel(target.value, program);
  const isSameModel = trained.every(
    (other) => other !== undefined && isSameValue(model, other, program),
  );
  if (!isSameModel) return undefined;
  const isPart = isSameValue(changed, model, program) || isUsedBefore(changed, compile, program);
  if (!isPart) return undefined;
  const loop = loopAround(statement, program);
  return {
    kind: "lateTrainable",
    program,
    span: statement.span,
    statement: loop ?? statement,
    target,
    compile,
    fit,
  };
}

/** `base` of `base.layers[3]` and of `for layer in base.layers`. */
function changedModel(node: Expression, program: PythonProgram): Expression {
  if (node.kind === "subscript") return changedModel(node.value, program);
  if (node.kind === "attribute" && node.attribute === "layers") return node.value;
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  return definition?.kind === "iterated" ? changedModel(definition.iterable, program) : node;
}

/** True where the changed model was handed to or called by something before the compilation. */
function isUsedBefore(changed: Expression, compile: CallSite, program: PythonProgram): boolean {
  return programIndex(program).calls.some(({ call, within }) => {
    if (within.at(-1) !== compile.within.at(-1) || call.span.end > compile.call.span.start) {
      return false;
    }
    const parts = [call.callee, ...call.arguments.map(({ value }) => value)];
    return parts.some((part) =>
      [...expressionsIn(part)].some((inner) => isSameValue(inner, changed, program)),
    );
  });
}

function loopAround(statement: Statement, program: PythonProgram): Statement | undefined {
  return programIndex(program).statements.find(
    ({ statement: loop }) =>
      loop.kind === "for" &&
      loop.body.includes(statement) &&
      ownExpressions(loop).some((root) =>
        [...expressionsIn(root)].some(
          (node) => node.kind === "attribute" && node.attribute === "layers",
        ),
      ),
  )?.statement;
}
