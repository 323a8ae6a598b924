import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFromPage } from "../../../core/protocol/webview.ts";

describe("parseFromPage()", () => {
  test.each([
    { type: "ready" },
    { type: "run/stop" },
    { type: "weights/request", step: 3 },
    { type: "weights/request-matrix", step: 3, layer: "fc.weight" },
    { type: "embeddings/request", step: 0 },
    { type: "text/copy", text: "a\tb" },
    { type: "path/apply", lambda: 0.25 },
  ])("takes $type as it is", (message) => {
    expect(parseFromPage(message)).toEqual(message);
    expect(parseFromPage({ ...message, more: 1 })).toEqual(message);
  });

  test.each([
    { type: "weights/request", step: 0.5 },
    { type: "weights/request-matrix", step: 3 },
    { type: "weights/request-matrix", step: "3", layer: "fc" },
    { type: "weights/request-matrix", step: 3, layer: 4 },
    { type: "text/copy" },
    { type: "path/apply", lambda: "1" },
    { type: "path/apply", lambda: Number.NaN },
    { type: "run/delete" },
  ])("refuses %j", (message) => {
    expect(parseFromPage(message)).toBeUndefined();
  });

  test("takes anything without a throw", () => {
    fc.assert(fc.property(fc.anything(), (value) => void parseFromPage(value)));
  });
});
