import { describe, expect, test } from "vitest";
import {
  flagArgument,
  hasSplat,
  numberArgument,
  withOptions,
} from "../../../server/src/semantics/call-arguments.ts";
import { programIndex } from "../../../server/src/semantics/program-index.ts";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";

function called(text: string) {
  const program = pythonProgram(parsePython(text));
  const call = programIndex(program).calls.find(({ name }) => name === "probe")?.call;
  if (call === undefined) throw new RangeError(`No call of probe in ${text}`);
  return { call, program };
}

describe("numberArgument()", () => {
  test.each([
    ["keyword", "probe(wd=0.1)", "constant", 0.1],
    ["position", "probe(1, 0.1)", "constant", 0.1],
    ["a default", "def f(w=0.1):\n    probe(wd=w)", "default", 0.1],
    ["options in place", "probe(**{'wd': 0.1})", "constant", 0.1],
    ["options by name", "o = dict(wd=0.1)\nprobe(1, **o)", "constant", 0.1],
    ["options of a parameter", "def f(o=dict(wd=0.1)):\n    probe(**o)", "default", 0.1],
  ])("reads %s", (_name, text, kind, value) => {
    const { call, program } = called(text);
    const number = numberArgument(call, "wd", 1, program);
    expect(number).toMatchObject({ kind, value });
    if (number.kind !== "constant" && number.kind !== "default") return;
    expect(text.slice(number.origin.start, number.origin.end)).toBe("0.1");
    expect(number.span.start).toBeGreaterThanOrEqual(call.argumentsSpan.start);
  });

  test.each([
    ["nothing", "probe()", "absent"],
    ["open options", "probe(**o)", "absent"],
    ["a string", "probe(wd='0.1')", "unknown"],
    ["a dict that grows", "o = dict(wd=0.1)\no.update(p)\nprobe(**o)", "absent"],
    ["a key that is set", "o = dict(wd=0.1)\no['wd'] = f()\nprobe(**o)", "unknown"],
  ])("knows nothing of %s", (_name, text, kind) => {
    const { call, program } = called(text);
    expect(numberArgument(call, "wd", 1, program)).toMatchObject({ kind });
  });
});

test.each([
  ["o = {'a': 1}\nprobe(**o)", false],
  ["probe(**o)", true],
  ["probe(*a)", true],
  ["o = {'a': 1}\nprobe(**o, **p)", true],
])("hasSplat(withOptions()) of %j is %j", (text, expected) => {
  const { call, program } = called(text);
  expect(hasSplat(withOptions(call, program))).toBe(expected);
});

test.each([
  ["probe()", false],
  ["probe(flag=True)", true],
  ["on = True\nprobe(flag=on)", true],
  ["probe(flag=f())", undefined],
  ["probe(**{'flag': True})", true],
])("flagArgument() of %j is %j", (text, expected) => {
  const { call, program } = called(text);
  expect(flagArgument(call, "flag", program)).toBe(expected);
});
