import { element } from "../ui/element.ts";

/** Head of a column: a text, or the label of a run. */
export function columnHead(content: string | Node, className = ""): HTMLElement {
  return element("th", { className, attributes: { scope: "col" } }, content);
}

interface TableParts {
  readonly label: string;
  readonly className: string;
  readonly head: readonly HTMLElement[];
  readonly rows: readonly HTMLElement[];
}

/** A table of two runs or more that scrolls by itself, which the keyboard must be able to do, too. */
export function scrollingTable({ label, className, head, rows }: TableParts): HTMLElement {
  return element(
    "div",
    {
      className: "compare-scroller",
      attributes: { tabindex: "0", role: "group", "aria-label": label },
    },
    element(
      "table",
      { className: `compare-table ${className}` },
      element("thead", {}, ...head),
      element("tbody", {}, ...rows),
    ),
  );
}
