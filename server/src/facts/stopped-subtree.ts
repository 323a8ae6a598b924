import type { Span } from "../../../core/protocol/span.ts";
import { programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { Expression } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions } from "../syntax/python/walk.ts";
import type { Extractor } from "./extractor.ts";

/** A part of the parameters that gets no gradient anywhere: `stop_gradient(params["backbone"])`. */
export interface StoppedSubtreeFact {
  readonly kind: "stoppedSubtree";
  readonly program: PythonProgram;
  /** `backbone` */
  readonly key: string;
  /** The call of `stop_gradient`. */
  readonly span: Span;
}

/** Names of the parameters that are trained; those of targets and teachers are others. */
const PARAMETERS = /^(?:p|ps|params|parameters|theta|variables|weights|trainable_params)$/;

export const stoppedSubtreeFacts: Extractor<StoppedSubtreeFact> = {
  kind: "stoppedSubtree",
  languages: ["python"],
  extract(syntax) {
    if (syntax.language !== "python") return [];
    const { program } = syntax;
    const stops = programIndex(program).calls.flatMap(({ call, qualifiedName }) => {
      const [only] = call.arguments;
      const isStop = /^jax\.lax\.stop_gradient$/.test(qualifiedName ?? "");
      const key = isStop && only !== undefined ? keyOf(only.value) : undefined;
      return key === undefined || only === undefined
        ? []
        : [{ key, span: call.span, node: only.value }];
    });
    const stopped = new Set(stops.map(({ node }) => node.span.start));
    return stops
      .filter(({ key }) => !isUsedFreely(key, stopped, program))
      .map(({ key, span }) => ({ kind: "stoppedSubtree", program, key, span }));
  },
};

/** `backbone` of `params["backbone"]` and of `params["params"]["backbone"]`. */
function keyOf(node: Expression): string | undefined {
  if (node.kind !== "subscript") return undefined;
  const [index] = node.indices;
  const key = index?.kind === "string" && node.indices.length === 1 ? index.value : undefined;
  return key !== undefined && isParameters(node.value) ? key : undefined;
}

function isParameters(node: Expression): boolean {
  if (node.kind === "name") return PARAMETERS.test(node.id);
  return node.kind === "subscript" && keyOf(node) === "params";
}

/** True where the subtree also goes somewhere without being stopped, so that it may learn there. */
function isUsedFreely(key: string, stopped: ReadonlySet<number>, program: PythonProgram): boolean {
  return programIndex(program).statements.some(({ statement }) =>
    ownExpressions(statement).some((root) =>
      [...expressionsIn(root)].some((node) => keyOf(node) === key && !stopped.has(node.span.start)),
    ),
  );
}
