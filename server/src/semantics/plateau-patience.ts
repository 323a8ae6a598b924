import type { NameExpression } from "../syntax/python/ast.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Calls that lower the learning rate once the loss stands still. */
const PLATEAU = /^(?:ReduceLROnPlateau|reduce_on_plateau)$/;

/** True where a name is only ever handed to a schedule of the learning rate, which stops nothing. */
export function isPlateauPatience(name: NameExpression, program: PythonProgram): boolean {
  const { calls, names } = programIndex(program);
  const plateaus = calls.filter((site) => PLATEAU.test(site.name ?? ""));
  if (plateaus.length === 0) return false;
  return names.every(({ node, site: { statement } }) => {
    if (node.id !== name.id) return true;
    const isBound = statement.kind === "assign" && statement.targets.includes(node);
    return (
      isBound ||
      plateaus.some(
        ({ call: { span } }) => span.start <= node.span.start && node.span.end <= span.end,
      )
    );
  });
}
