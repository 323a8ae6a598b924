import type {
  ComparedRun,
  ComparedSetting,
  RunComparison,
  SettingCell,
} from "../../../core/protocol/panel/compare.ts";
import { formatCount } from "../layout/number-format.ts";
import { settingDifferences, settingTable } from "../layout/setting-differences.ts";
import type { ViewSettings } from "../store/view-settings.ts";
import { element } from "../ui/element.ts";
import { type Checkbox, checkbox } from "../ui/toolkit.ts";
import { CompareSection } from "./compare-section.ts";
import { columnHead, scrollingTable } from "./compare-table.ts";
import { runLabel } from "./run-label.ts";
import type { ViewContext } from "./view.ts";

/** What the runs were made with, where they are not the same; one column a run. */
export class SettingDifferences {
  readonly element: HTMLElement;
  readonly #section: CompareSection;
  readonly #equal: Checkbox;

  constructor({ dispatch, send }: ViewContext) {
    this.#equal = checkbox("Show equal", () => dispatch({ type: "compare/toggle-equal" }));
    this.#section = new CompareSection({
      className: "compare-settings",
      title: "Settings that differ",
      tools: [this.#equal.element],
      send,
    });
    this.element = this.#section.element;
  }

  update({ runs, settings }: RunComparison, { showEqualSettings }: ViewSettings): void {
    const { rows, differing, equal } = settingDifferences(settings, showEqualSettings);
    this.#equal.setChecked(showEqualSettings);
    this.#equal.setText(`Show equal (${formatCount(equal)})`);
    this.#section.update(
      `${formatCount(differing)} of ${formatCount(differing + equal)}`,
      settingTable(
        rows,
        runs.map(({ name }) => name),
      ).copy,
      ...runs.flatMap(problemOf),
      rows.length === 0
        ? element("p", { className: "muted", text: "The runs were made with the same settings." })
        : table(runs, rows),
    );
  }
}

function problemOf({ name, problem }: ComparedRun): HTMLElement[] {
  if (problem === undefined) return [];
  const text = `${name}: ${problem}. Only what its record says is compared.`;
  return [element("p", { className: "tone-warning compare-problem", text })];
}

function table(runs: readonly ComparedRun[], rows: readonly ComparedSetting[]): HTMLElement {
  const head = element(
    "tr",
    {},
    columnHead("Setting"),
    ...runs.map((run, index) => columnHead(runLabel(run, index))),
  );
  return scrollingTable({
    label: "Settings",
    className: "setting-table",
    head: [head],
    rows: rows.map(settingRow),
  });
}

function settingRow({ path, cells, isEqual }: ComparedSetting): HTMLElement {
  const [own] = cells;
  return element(
    "tr",
    { className: isEqual ? "equal-row" : "" },
    element("th", { text: path, title: path, attributes: { scope: "row" } }),
    ...cells.map((cell, index) =>
      settingCell(cell, index > 0 && cell?.text !== own?.text && cell !== null),
    ),
  );
}

function settingCell(cell: SettingCell | null, isDifferent: boolean): HTMLElement {
  if (cell === null) return element("td", { className: "muted", text: "(unset)" });
  const text = cell.text === "" ? '""' : cell.text;
  return element(
    "td",
    { title: cell.isDefault ? `${text}, by default` : text },
    element("span", {
      className: `${isDifferent ? "different " : ""}${cell.isDefault ? "muted" : ""}`,
      text,
    }),
    ...(cell.isDefault ? [element("span", { className: "default-mark", text: "default" })] : []),
  );
}
