import path from "node:path";
import ignore from "ignore";
import { type LintSettings, mergeLintSettings } from "../../../core/protocol/lint-settings.ts";
import { type RuleSelection, selectRules } from "../engine/rule-selection.ts";
import type { FoundSettings, SettingsFinder } from "./settings-finder.ts";

/** Ids that `settings` ignore in this file only. `root` is what the patterns are relative to. */
function ignoredHere(settings: LintSettings, root: string, file: string): string[] {
  const relative = path.relative(root, file).split(path.sep).join("/");
  if (!ignore.isPathValid(relative)) return [];
  return Object.entries(settings.perFileIgnores ?? {}).flatMap(([pattern, ids]) =>
    ignore().add(pattern).ignores(relative) ? ids : [],
  );
}

/** Settings of the editor, with the folder that their patterns are relative to. */
export interface BaseSettings {
  readonly settings: LintSettings;
  readonly root: string;
}

/**
 * Rules for one file. `base` are the editor's settings; what a settings file says wins over them,
 * because it is all that CI sees.
 */
export function selectionForFile(
  file: string,
  found: FoundSettings | undefined,
  base?: BaseSettings,
): RuleSelection {
  const settings = mergeLintSettings(base?.settings ?? {}, found?.settings ?? {});
  const isFromFile = found?.settings.perFileIgnores !== undefined;
  const root = isFromFile ? path.dirname(found.path) : (base?.root ?? path.dirname(file));
  return selectRules(settings, ignoredHere(settings, root, file));
}

/**
 * Rules for the files of one check; found once for all files that the same settings rule.
 *
 * @param override What wins over every setting, such as what was typed on the command line.
 */
export function selectionFinder(
  finder: SettingsFinder,
  base?: BaseSettings,
  override: (selection: RuleSelection) => RuleSelection = (selection) => selection,
): (file: string) => RuleSelection {
  const byFolder = new Map<string, RuleSelection>();
  const hasFileIgnores = (found: FoundSettings | undefined) =>
    (found?.settings.perFileIgnores ?? base?.settings.perFileIgnores) !== undefined;
  return (file) => {
    const folder = path.dirname(file);
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const found = finder.find(folder);
    const selection = override(selectionForFile(file, found, base));
    if (!hasFileIgnores(found)) byFolder.set(folder, selection);
    return selection;
  };
}
