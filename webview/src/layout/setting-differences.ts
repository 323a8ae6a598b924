import type { ComparedSetting } from "../../../core/protocol/panel/compare.ts";
import { type TableContent, tabSeparated } from "./table-content.ts";

export interface SettingDifferences {
  readonly rows: readonly ComparedSetting[];
  readonly differing: number;
  readonly equal: number;
}

/** Settings of the runs that are not the same in all of them; with `showEqual` the others follow. */
export function settingDifferences(
  settings: readonly ComparedSetting[],
  showEqual: boolean,
): SettingDifferences {
  const differing = settings.filter(({ isEqual }) => !isEqual);
  const equal = settings.filter(({ isEqual }) => isEqual);
  return {
    rows: showEqual ? [...differing, ...equal] : differing,
    differing: differing.length,
    equal: equal.length,
  };
}

/** The rows for a spreadsheet; a default is marked, a setting that a run lacks is empty. */
export function settingTable(
  rows: readonly ComparedSetting[],
  names: readonly string[],
): Pick<TableContent, "copy"> {
  return {
    copy: () =>
      tabSeparated([
        ["setting", ...names],
        ...rows.map(({ path, cells }) => [
          path,
          ...cells.map((cell) => {
            if (cell === null) return "";
            return cell.isDefault ? `${cell.text} (default)` : cell.text;
          }),
        ]),
      ]),
  };
}
