import { readFileSync } from "node:fs";
import path from "node:path";
import type { LintSettings } from "../../../core/protocol/lint-settings.ts";
import { isNotFound } from "./is-not-found.ts";
import { parseSettingsFile, SETTINGS_FILES } from "./parse-settings-file.ts";

/** The settings file that rules a folder. */
export interface FoundSettings {
  /** Absolute path of the file; patterns in it are relative to its folder. */
  readonly path: string;
  readonly settings: LintSettings;
  readonly problems: readonly string[];
}

/** Finds and remembers settings files; `clear` after one has changed. */
export interface SettingsFinder {
  /** Nearest settings file in `folder` or above it. */
  find(folder: string): FoundSettings | undefined;
  clear(): void;
}

function readFile(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function settingsIn(folder: string): FoundSettings | undefined {
  for (const name of SETTINGS_FILES) {
    const file = path.join(folder, name);
    try {
      const text = readFile(file);
      const parsed = text === undefined ? undefined : parseSettingsFile(name, text);
      if (parsed !== undefined) return { path: file, ...parsed };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { path: file, settings: {}, problems: [`Cannot be read: ${reason}.`] };
    }
  }
  return undefined;
}

export function settingsFinder(): SettingsFinder {
  const known = new Map<string, FoundSettings | undefined>();
  const find = (folder: string): FoundSettings | undefined => {
    if (known.has(folder)) return known.get(folder);
    const parent = path.dirname(folder);
    const found = settingsIn(folder) ?? (parent === folder ? undefined : find(parent));
    known.set(folder, found);
    return found;
  };
  return { find, clear: () => known.clear() };
}
