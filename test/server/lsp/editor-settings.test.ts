import { expect, test } from "vitest";
import { editorSettings } from "../../../server/src/lsp/editor-settings.ts";

function settingsFrom(section: unknown) {
  const warnings: string[] = [];
  const log = { error: () => 0, warn: (text: string) => warnings.push(text), info: () => 0 };
  let fetched = 0;
  const settings = editorSettings(async () => {
    fetched += 1;
    return section;
  }, log);
  return { settings, warnings, fetched: () => fetched };
}

test("editorSettings() takes what speaks of rules; empty values mean not set", async () => {
  const section = { ignore: ["NL601"], select: [], severity: {}, pythonPath: "/x", trace: null };
  const { settings, warnings } = settingsFrom(section);
  expect(await settings.of("file:///a.py")).toEqual({ ignore: ["NL601"] });
  expect(warnings).toEqual([]);
});

test("editorSettings() asks once for each document until it is cleared", async () => {
  const { settings, fetched } = settingsFrom({});
  await Promise.all([settings.of("a"), settings.of("a"), settings.of("b")]);
  expect(fetched()).toBe(2);
  settings.clear();
  await settings.of("a");
  expect(fetched()).toBe(3);
});

test("editorSettings() asks again for a document that was closed, and for no other", async () => {
  const { settings, fetched } = settingsFrom({});
  await Promise.all([settings.of("a"), settings.of("b")]);
  settings.forget("a");
  await Promise.all([settings.of("a"), settings.of("b")]);
  expect(fetched()).toBe(3);
});

test("editorSettings() asks again after the client did not answer", async () => {
  let isReady = false;
  const log = { error: () => 0, warn: () => 0, info: () => 0 };
  const fetch = async () => {
    if (!isReady) throw new Error("not ready");
    return { ignore: ["NL601"] };
  };
  const settings = editorSettings(fetch, log);
  await expect(settings.of("a")).rejects.toThrow("not ready");
  isReady = true;
  expect(await settings.of("a")).toEqual({ ignore: ["NL601"] });
});

test.each([[null], [undefined], [3], ["text"]])(
  "editorSettings() reads %s as nothing",
  async (section) => {
    expect(await settingsFrom(section).settings.of("a")).toEqual({});
  },
);

test("editorSettings() warns of what it does not understand", async () => {
  const { settings, warnings } = settingsFrom({ severity: { NL601: "loud" } });
  expect(await settings.of("a")).toEqual({});
  expect(warnings).toHaveLength(1);
});

test("editorSettings() takes assumed numbers and leaves out those that are not set", async () => {
  const unset = { batchSize: null, steps: null };
  const { settings } = settingsFrom({ assume: { datasetSize: 100, ...unset } });
  expect(await settings.of("a")).toEqual({ assume: { datasetSize: 100 } });
  expect(await settingsFrom({ assume: unset }).settings.of("a")).toEqual({});
});

test.each([
  [{ inlayHints: { enabled: true } }, true],
  [{ inlayHints: { enabled: "true" } }, false],
  [{ inlayHints: true }, false],
  [{}, false],
  [null, false],
])("editorSettings() reads %j as inlay hints: %s", async (section, expected) => {
  expect(await settingsFrom(section).settings.hasInlayHints("a")).toBe(expected);
});
