import type { SettingsStatus } from "../../core/protocol/lsp.ts";

/** The language server as the status item sees it. */
export type ServerStatus =
  | { readonly kind: "starting" | "stopped" }
  | {
      readonly kind: "running";
      readonly settings: SettingsStatus;
      /** Path of the settings file as the workspace shows it; `undefined` where the editor's settings rule. */
      readonly shownFile: string | undefined;
    };

/** What the status item of a language shows. */
export interface StatusText {
  readonly text: string;
  readonly detail: string;
  readonly severity: "information" | "warning" | "error";
  readonly isBusy: boolean;
}

/** Which settings rule a document, in words. */
export function settingsStatusText(status: ServerStatus): StatusText {
  switch (status.kind) {
    case "starting":
      return { text: "Starting", detail: "", severity: "information", isBusy: true };
    case "stopped":
      return {
        text: "Not running",
        detail: "Findings are not updated; the log says why",
        severity: "error",
        isBusy: false,
      };
    case "running": {
      const { settings, shownFile } = status;
      return {
        text: shownFile === undefined ? "Editor settings" : `Settings of ${shownFile}`,
        detail: detailOf(settings, shownFile),
        severity: settings.problems.length > 0 ? "warning" : "information",
        isBusy: false,
      };
    }
  }
}

function detailOf({ overridden, problems }: SettingsStatus, shownFile: string | undefined): string {
  if (shownFile === undefined) return "No normlens.toml or pyproject.toml rules this file";
  const keys = overridden.map((key) => `normlens.${key}`);
  const overrides = keys.length === 0 ? [] : [`overrides ${keys.join(", ")}`];
  return [...overrides, ...problems].join(" · ");
}
