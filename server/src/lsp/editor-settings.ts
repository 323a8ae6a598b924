import type { LintSettings } from "../../../core/protocol/lint-settings.ts";
import { parseLintSettings } from "../../../core/protocol/lint-settings.ts";
import { unknownIds } from "../engine/rule-selection.ts";
import type { Log } from "./guard.ts";

/** Keys of the `normlens` section that speak of rules; the others belong to the client. */
const KEYS = ["select", "ignore", "perFileIgnores", "severity"] as const;

/** The editor's settings by document, fetched once and kept until they change. */
export interface EditorSettings {
  of(uri: string): Promise<LintSettings>;
  clear(): void;
}

/** Empty lists and tables are how an editor writes "not set". */
function isSet(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  return typeof value === "object" ? Object.keys(value).length > 0 : true;
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

/** @param fetch Asks the client for its `normlens` section as it holds for a document. */
export function editorSettings(fetch: (uri: string) => Promise<unknown>, log: Log): EditorSettings {
  const known = new Map<string, Promise<LintSettings>>();
  return {
    of(uri) {
      const settings = known.get(uri) ?? fetch(uri).then((section) => ruleSettings(section, log));
      known.set(uri, settings);
      return settings;
    },
    clear: () => known.clear(),
  };
}
