import { describe, expect, test } from "vitest";
import { lambdaEdit } from "../../../server/src/config/lambda-edit.ts";

const HEAD = "name: Five # of forty\npenalty: [{ norm: l1 }]\n";
const FLOW = `${HEAD}select: { lambda: { path: 100 }, rule: one_se } # the sparsest\n`;

function edited(text: string, launched = text, applied?: number): string {
  const own = applied === undefined ? {} : { applied };
  const edit = lambdaEdit({ text, launched, lambda: 0.316227766, ...own });
  if ("refusal" in edit) return edit.refusal;
  return text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
}

describe("lambdaEdit", () => {
  test.each([
    [
      "a flow mapping",
      FLOW,
      `${HEAD}select: { lambda: [0.316228], rule: one_se } # the sparsest\n`,
    ],
    [
      "a block mapping",
      `${HEAD}select:\n  lambda:\n    path: 100\n    ratio: 1e-3\n  rule: best # λ\nmodel: { type: linear }\n`,
      `${HEAD}select:\n  lambda:\n    [0.316228]\n  rule: best # λ\nmodel: { type: linear }\n`,
    ],
    ["a list", `${HEAD}select: { lambda: [1, 0.1] }\n`, `${HEAD}select: { lambda: [0.316228] }\n`],
    [
      "no λ in a flow mapping",
      `${HEAD}select: { rule: best }\n`,
      `${HEAD}select: { lambda: [0.316228], rule: best }\n`,
    ],
    ["an empty mapping", `${HEAD}select: {}\n`, `${HEAD}select: { lambda: [0.316228] }\n`],
    [
      "no λ in a block mapping",
      `${HEAD}select:\n  rule: best\n`,
      `${HEAD}select:\n  lambda: [0.316228]\n  rule: best\n`,
    ],
  ])("replaces nothing but the values of %s", (_name, text, result) => {
    expect(edited(text)).toBe(result);
  });

  test("takes another layout and other keys for the same λ", () => {
    const launched = "select:\n  lambda: {path: 100}\n";
    expect(edited(FLOW, launched)).toContain("lambda: [0.316228]");
  });

  test.each([
    ["other λ", FLOW.replace("100", "50"), "its `select.lambda` has changed since the run"],
    ["no choice", HEAD, "it has no `select` any more"],
    ["no YAML", `${FLOW}a: [`, "it is no valid YAML now"],
  ])("refuses a file with %s", (_name, text, refusal) => {
    expect(edited(text, FLOW)).toBe(refusal);
  });

  test("refuses to lose a comment", () => {
    const text = `${HEAD}select:\n  lambda:\n    path: 100 # many\n    ratio: 0.01\n`;
    expect(edited(text)).toBe("its `select.lambda` has a comment inside, which would be lost");
  });

  test("replaces what it wrote itself", () => {
    const text = `${HEAD}select: { lambda: [0.125], rule: one_se }\n`;
    expect(edited(text, FLOW, 0.125)).toContain("[0.316228]");
    expect(edited(text, FLOW, 0.25)).toBe("its `select.lambda` has changed since the run");
  });
});
