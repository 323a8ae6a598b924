import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyEdits,
  compatibleEdits,
  fixAll,
  fixToApply,
} from "../../../server/src/engine/apply-fixes.ts";
import type { LintDocument } from "../../../server/src/engine/document.ts";
import type { Fix } from "../../../server/src/engine/rule.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";
import { findingOf } from "../../support/finding-of.ts";

const fix = (start: number, end: number, newText: string, safety: Fix["safety"] = "safe"): Fix => ({
  title: "Change it",
  safety,
  edits: [{ span: { start, end }, newText }],
});

const python = (text: string): LintDocument => ({
  path: "a.py",
  language: "python",
  text,
  project: NO_PROJECT,
});

describe("applyEdits()", () => {
  test("equals replacing from the end, for any edits that do not overlap", () => {
    const cuts = fc.uniqueArray(fc.nat(20), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ minLength: 20, maxLength: 20 }), cuts, (text, points) => {
        const sorted = points.toSorted((a, b) => a - b);
        const edits = sorted.flatMap((start, index) => {
          const end = sorted[index + 1];
          return index % 2 === 0 && end !== undefined
            ? [{ span: { start, end }, newText: `<${index}>` }]
            : [];
        });
        const expected = edits.reduceRight(
          (result, { span, newText }) =>
            result.slice(0, span.start) + newText + result.slice(span.end),
          text,
        );
        expect(applyEdits(text, edits.toReversed())).toBe(expected);
      }),
    );
  });
});

describe("compatibleEdits()", () => {
  test("takes the first of two fixes that overlap", () => {
    const { edits, count } = compatibleEdits([fix(0, 4, "a"), fix(3, 6, "b"), fix(8, 9, "c")]);
    expect(count).toBe(2);
    expect(edits.map(({ newText }) => newText)).toEqual(["a", "c"]);
  });

  test("leaves out the whole fix when one of its edits is in the way", () => {
    const two: Fix = {
      ...fix(3, 6, "b"),
      edits: [...fix(3, 6, "b").edits, ...fix(9, 9, "!").edits],
    };
    expect(compatibleEdits([fix(0, 4, "a"), two]).edits).toHaveLength(1);
  });

  test("makes an edit that two fixes share only once", () => {
    const withImport = (at: number): Fix => ({
      ...fix(0, 0, "import numpy\n"),
      edits: [...fix(0, 0, "import numpy\n").edits, ...fix(at, at + 1, "y").edits],
    });
    const { edits, count } = compatibleEdits([withImport(5), withImport(9)]);
    expect(count).toBe(2);
    expect(edits).toHaveLength(3);
  });
});

describe("fixToApply()", () => {
  const finding = findingOf("x", "x", [
    fix(0, 1, "s", "suggestion"),
    fix(0, 1, "u", "unsafe"),
    fix(0, 1, "f", "safe"),
  ]);

  test("never takes a suggestion, and an unsafe fix only when allowed", () => {
    expect(fixToApply(finding, "safe")?.edits[0]?.newText).toBe("f");
    expect(fixToApply(finding, "unsafe")?.edits[0]?.newText).toBe("u");
    const onlySuggestion = { ...finding, fixes: finding.fixes.slice(0, 1) };
    expect(fixToApply(onlySuggestion, "unsafe")).toBeUndefined();
  });
});

describe("fixAll()", () => {
  test("goes on until nothing is left to fix", () => {
    const result = fixAll(python("aaa"), "safe", ({ text }) => {
      const at = text.indexOf("a");
      return at < 0 ? [] : [findingOf(text, "a", [fix(at, at + 1, "b")])];
    });
    expect(result).toEqual({ text: "bbb", count: 3 });
  });

  test("ends although a fix brings itself back for ever", () => {
    const { text, count } = fixAll(python("x"), "safe", (document) => [
      findingOf(document.text, "x", [fix(0, 0, "+")]),
    ]);
    expect(text).toBe(`${"+".repeat(count)}x`);
    expect(count).toBe(10);
  });

  test("a fix that changes nothing is not counted", () => {
    const result = fixAll(python("x"), "safe", () => [findingOf("x", "x", [fix(0, 1, "x")])]);
    expect(result).toEqual({ text: "x", count: 0 });
  });
});
