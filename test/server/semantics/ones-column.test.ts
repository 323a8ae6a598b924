import { expect, test } from "vitest";
import { onesColumn, onesColumnOf } from "../../../server/src/semantics/ones-column.ts";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";

function sideOf(expression: string) {
  const program = pythonProgram(parsePython(`ones = np.ones((m, 1))\n${expression}\n`));
  const statement = program.module.body.at(-1);
  return statement?.kind === "expression" ? onesColumn(statement.value, program) : undefined;
}

test.each([
  ["np.c_[np.ones(m), X]", "first"],
  ["np.c_[X, np.ones(m)]", "last"],
  ["np.c_[ones, X]", "first"],
  ["np.hstack((np.ones((m, 1)), X))", "first"],
  ["np.hstack([X, ones])", "last"],
  ["np.column_stack((np.ones(m), X))", "first"],
  ["np.concatenate([np.ones((m, 1)), X], axis=1)", "first"],
  ["torch.cat([torch.ones(m).reshape(-1, 1), X], dim=1)", "first"],
  ["np.insert(X, 0, 1, axis=1)", "first"],
  ["np.append(np.ones((m, 1)), X, axis=1)", "first"],
  ["sm.add_constant(X)", "first"],
  ["np.insert(X, 0, 0, axis=1)", undefined],
  ["np.insert(X, 0, 1)", undefined],
  ["np.c_[np.zeros(m), X]", undefined],
  ["np.c_[np.ones(m), np.ones(m)]", undefined],
  ["np.hstack(parts)", undefined],
  ["np.hstack((np.ones(", undefined],
])("onesColumn() of %j", (expression, side) => expect(sideOf(expression)).toBe(side));

test("onesColumnOf() finds the assignment, in branches too", () => {
  const program = pythonProgram(
    parsePython("if bias:\n    X = np.c_[np.ones(m), X]\nself.X = np.c_[X, np.ones(m)]\n"),
  );
  const { body } = program.module;
  expect(onesColumnOf("X", body, program)).toBe("first");
  expect(onesColumnOf("self.X", body, program)).toBe("last");
  expect(onesColumnOf("y", body, program)).toBeUndefined();
});
