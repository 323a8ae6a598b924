// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { parseRunRecord } from "../../../core/protocol/parse-run-files.ts";
import type { FromPage } from "../../../core/protocol/webview.ts";
import { runHeader } from "../../../core/runs/run-header.ts";
import { initialState } from "../../../webview/src/store/panel-state.ts";
import { reduce } from "../../../webview/src/store/reduce.ts";
import { parseViewSettings } from "../../../webview/src/store/view-settings.ts";
import { RunOriginView } from "../../../webview/src/views/run-origin.ts";
import { recordText } from "../../support/run-files.ts";

function shown(findings: number, config: "same" | "changed") {
  const record = parseRunRecord(JSON.parse(recordText()));
  if (typeof record === "string") throw new TypeError(record);
  const run = { ...runHeader(record, 0), findings };
  const start = initialState(parseViewSettings(undefined));
  const withHeader = reduce(start, {
    type: "host",
    message: { type: "run/header", run },
    nowMs: 0,
  });
  const message = { type: "run/changes", run: run.id, changes: { config } } as const;
  const state = reduce(withHeader, { type: "host", message, nowMs: 0 });
  const sent: FromPage[] = [];
  const view = new RunOriginView({ send: (one) => sent.push(one) });
  view.update(state);
  return { view, sent };
}

test("a run that is as it was launched, without findings, has nothing to say", () => {
  expect(shown(0, "same").view.element.hidden).toBe(true);
});

test("findings and changes each lead on", () => {
  const { view, sent } = shown(2, "changed");
  expect(view.element.hidden).toBe(false);
  for (const button of view.element.querySelectorAll("button")) button.click();
  expect(sent).toEqual([
    { type: "run/show-findings" },
    { type: "run/show-changes", kind: "config" },
  ]);
});
