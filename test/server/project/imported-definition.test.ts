import { describe, expect, test } from "vitest";
import { importedDefinition } from "../../../server/src/project/imported-definition.ts";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";
import { projectOf } from "../../support/project-of.ts";

const FILES = [
  { path: "net.py", text: "class Net:\n    pass\ndef build():\n    return Net()\n" },
  { path: "models.py", text: "from .net import Net as Best\n" },
  { path: "all.py", text: "from nothing import *\nfrom net import *\n" },
  { path: "circle.py", text: "from circle2 import Net\n" },
  { path: "circle2.py", text: "from circle import Net\n" },
];

function found(qualifiedName: string): string | undefined {
  const project = projectOf(FILES);
  const home = { program: pythonProgram(parsePython("")), path: "train.py", project };
  const definition = importedDefinition(qualifiedName, home);
  return definition && `${definition.home.path}:${definition.statement.name}`;
}

describe("importedDefinition()", () => {
  test.each([
    ["a class", "net.Net", "net.py:Net"],
    ["a function", ".net.build", "net.py:build"],
    ["a class that is handed on", "models.Best", "net.py:Net"],
    ["a class behind a star", "all.Net", "net.py:Net"],
    ["a name of a module beside this one", "..net.Net", "net.py:Net"],
  ])("finds %s", (_name, qualifiedName, expected) => {
    expect(found(qualifiedName)).toBe(expected);
  });

  test.each([["net.Other"], ["other.Net"], ["Net"], ["circle.Net"], ["torch.nn.Linear"], [""]])(
    "does not find %s",
    (qualifiedName) => expect(found(qualifiedName)).toBeUndefined(),
  );
});
