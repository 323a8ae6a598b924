import type { LintSettings } from "../../../core/protocol/lint-settings.ts";
import { parseLintSettings } from "../../../core/protocol/lint-settings.ts";
import { unknownIds } from "../engine/rule-selection.ts";
import type { Log } from "./guard.ts";

/** Keys of the `normlens` section that settings files have too; the others are the editor's own. */
const KEYS = ["select", "ignore", "perFileIgnores", "severity", "assume"] as const;

/** The editor's settings by document, fetched once and kept until they change or it is closed. */
export interface EditorSettings {
  of(uri: string): Promise<LintSettings>;
  hasInlayHints(uri: string): Promise<boolean>;
  clear(): void;
  /** For a document that is closed. */
  forget(uri: string): void;
}

interface Section {
  readonly settings: LintSettings;
  readonly hasInlayHints: boolean;
}

/** Empty lists and tables, and tables of nothing but null, are how an editor writes "not set". */
function isSet(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  return typeof value === "object"
    ? Object.values(value).some((entry) => entry !== null && entry !== undefined)
    : true;
}

function ruleSettings(section: unknown, log: Log): LintSettings {
  if (typeof section !== "object" || section === null) return {};
  const chosen = Object.entries(section).filter(
    ([key, value]) => KEYS.some((known) => known === key) && isSet(value),
  );
  const { settings, problems } = parseLintSettings(Object.fromEntries(chosen));
  for (const problem of problems) log.warn(`Setting in the editor: ${problem}`);
  for (const id of unknownIds(settings))
    log.warn(`Setting in the editor: no rule is named "${id}".`);
  return settings;
}

function readSection(section: unknown, log: Log): Section {
  return { settings: ruleSettings(section, log), hasInlayHints: isEnabled(section, "inlayHints") };
}

/** Whether the group of settings named `group` has its `enabled` switched on. */
function isEnabled(section: unknown, group: string): boolean {
  const entry = (value: unknown, key: string): unknown =>
    typeof value === "object" && value !== null
      ? Object.entries(value).find(([name]) => name === key)?.[1]
      : undefined;
  return entry(entry(section, group), "enabled") === true;
}

/** @param fetch Asks the client for its `normlens` section as it holds for a document. */
export function editorSettings(fetch: (uri: string) => Promise<unknown>, log: Log): EditorSettings {
  const known = new Map<string, Promise<Section>>();
  const sectionOf = (uri: string) => {
    const section = known.get(uri) ?? fetch(uri).then((value) => readSection(value, log));
    known.set(uri, section);
    // What could not be fetched is asked for again the next time.
    section.catch(() => known.delete(uri));
    return section;
  };
  return {
    of: async (uri) => (await sectionOf(uri)).settings,
    hasInlayHints: async (uri) => (await sectionOf(uri)).hasInlayHints,
    clear: () => known.clear(),
    forget: (uri) => void known.delete(uri),
  };
}
