import { expect, test } from "vitest";
import { type ServerStatus, settingsStatusText } from "../../client/src/settings-status-text.ts";
import type { SettingsStatus } from "../../core/protocol/lsp.ts";

const running = (shownFile: string | undefined, changes: Partial<SettingsStatus> = {}) => ({
  kind: "running" as const,
  shownFile,
  settings: { overridden: [], problems: [], ...changes },
});

test.each<[string, ServerStatus, ReturnType<typeof settingsStatusText>]>([
  [
    "a server that starts",
    { kind: "starting" },
    { text: "Starting", detail: "", severity: "information", isBusy: true },
  ],
  [
    "a server that is gone",
    { kind: "stopped" },
    {
      text: "Not running",
      detail: "Findings are not updated; the log says why",
      severity: "error",
      isBusy: false,
    },
  ],
  [
    "the editor's settings",
    running(undefined),
    {
      text: "Editor settings",
      detail: "No normlens.toml or pyproject.toml rules this file",
      severity: "information",
      isBusy: false,
    },
  ],
  [
    "a settings file",
    running("model/normlens.toml"),
    {
      text: "Settings of model/normlens.toml",
      detail: "",
      severity: "information",
      isBusy: false,
    },
  ],
  [
    "what the file overrides",
    running("pyproject.toml", { overridden: ["ignore", "perFileIgnores"] }),
    {
      text: "Settings of pyproject.toml",
      detail: "overrides normlens.ignore, normlens.perFileIgnores",
      severity: "information",
      isBusy: false,
    },
  ],
  [
    "what is wrong with the file",
    running("normlens.toml", { problems: ["`ignroe` is not known."] }),
    {
      text: "Settings of normlens.toml",
      detail: "`ignroe` is not known.",
      severity: "warning",
      isBusy: false,
    },
  ],
])("settingsStatusText() tells %s", (_name, status, shown) =>
  expect(settingsStatusText(status)).toEqual(shown),
);
