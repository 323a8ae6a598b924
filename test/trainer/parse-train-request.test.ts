import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTrainRequest } from "../../trainer/src/parse-train-request.ts";

const FINDING = { code: "NL101", name: "n", path: "a.py", line: 3, message: "m" };

describe("parseTrainRequest", () => {
  test("gives a request back as it was sent", () => {
    const request = {
      spec: "/a/x.normlens.yaml",
      workspace: "/a",
      backend: "wasm",
      out: "/b",
      set: ["training.epochs=1"],
      findings: [FINDING],
    };
    expect(parseTrainRequest(JSON.stringify(request))).toEqual(request);
  });

  test("leaves out what is of another type than it should be", () => {
    const request = {
      spec: "x",
      workspace: "/",
      backend: 1,
      set: ["a=1", 2],
      findings: [FINDING, {}],
    };
    expect(parseTrainRequest(JSON.stringify(request))).toEqual({
      spec: "x",
      workspace: "/",
      set: ["a=1"],
      findings: [FINDING],
    });
  });

  test("says what is wrong with anything else, and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const parsed = parseTrainRequest(text);
        if (typeof parsed !== "string") expect(parsed.spec).toBeTypeOf("string");
      }),
    );
    expect(parseTrainRequest('{"spec":"x"}')).toContain("`workspace`");
  });
});
