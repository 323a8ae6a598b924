import type { FlatSetting } from "../experiment/flat-settings.ts";
import type { ComparedSetting, SettingCell } from "../protocol/panel/compare.ts";
import type { RunRecord } from "../protocol/run-files.ts";
import { codeNumber } from "../text/code-number.ts";

type Settings = ReadonlyMap<string, FlatSetting>;

const SEED_PATH = "training.seed";

/**
 * What a run was made with, by path: the settings of its experiment file (none where that cannot be
 * read), then what only its record knows.
 */
export function runSettings(experiment: Settings | undefined, record: RunRecord): Settings {
  const { seed, backend, device, versions, git_commit, samples, selection } = record;
  const said = (text: string): FlatSetting => ({ text, isDefault: false });
  const isSeedDefault = experiment?.get(SEED_PATH)?.isDefault ?? false;
  return new Map<string, FlatSetting>([
    ...(experiment ?? []),
    [SEED_PATH, { text: codeNumber(seed), isDefault: isSeedDefault }],
    ...(selection === undefined ? [] : [["chosen λ", said(codeNumber(selection.lambda))] as const]),
    ...Object.entries(samples).map(
      ([part, n]) => [`${part} samples`, said(codeNumber(n))] as const,
    ),
    ["backend", said(backend)],
    ["device", said(device)],
    ...(git_commit === undefined ? [] : [["git commit", said(git_commit)] as const]),
    ...Object.entries(versions).map(
      ([name, version]) => [`version of ${name}`, said(version)] as const,
    ),
  ]);
}

/** Settings of several runs side by side, in the order in which the runs name them. */
export function settingRows(runs: readonly Settings[]): readonly ComparedSetting[] {
  const paths = new Set(runs.flatMap((settings) => [...settings.keys()]));
  return [...paths].map((path) => {
    const cells = runs.map((settings): SettingCell | null => settings.get(path) ?? null);
    const isEqual = cells.every((cell) => cell?.text === cells[0]?.text);
    return { path, cells, isEqual };
  });
}

/**
 * Equal for two runs of one experiment that differ in nothing but the seed (and what the experiment
 * is called): same settings with defaults, same numbers of samples, same backend.
 */
export function seedlessIdentity(
  experiment: Settings,
  { samples, backend }: Pick<RunRecord, "samples" | "backend">,
): string {
  const settings = [...experiment]
    .filter(([path]) => path !== SEED_PATH && path !== "name")
    .map(([path, { text }]) => [path, text] as const);
  const byPath = (a: readonly [string, unknown], b: readonly [string, unknown]) =>
    a[0] < b[0] ? -1 : 1;
  return JSON.stringify([settings.sort(byPath), Object.entries(samples).sort(byPath), backend]);
}
