import path from "node:path";
import ignore from "ignore";
import { type LintSettings, mergeLintSettings } from "../../../core/protocol/lint-settings.ts";
import { type RuleSelection, selectRules } from "../engine/rule-selection.ts";
import type { FoundSettings } from "./settings-finder.ts";

/** Ids that `settings` ignore in this file only. `root` is what the patterns are relative to. */
function ignoredHere(settings: LintSettings, root: string, file: string): string[] {
  const relative = path.relative(root, file).split(path.sep).join("/");
  if (!ignore.isPathValid(relative)) return [];
  return Object.entries(settings.perFileIgnores ?? {}).flatMap(([pattern, ids]) =>
    ignore().add(pattern).ignores(relative) ? ids : [],
  );
}

/**
 * Rules for one file. `base` are the caller's settings (the editor's, none for the command line);
 * what a settings file says wins over them, because it is all that CI sees.
 */
export function selectionForFile(
  file: string,
  found: FoundSettings | undefined,
  base: LintSettings = {},
  baseRoot: string = path.dirname(file),
): RuleSelection {
  const settings = mergeLintSettings(base, found?.settings ?? {});
  const isFromFile = found?.settings.perFileIgnores !== undefined;
  const root = isFromFile ? path.dirname(found.path) : baseRoot;
  return selectRules(settings, ignoredHere(settings, root, file));
}
