import type { CoefficientPaths } from "../../../core/protocol/panel/path.ts";
import type { FromPage } from "../../../core/protocol/webview.ts";
import type { CoefficientLine } from "../layout/coefficient-lines.ts";
import { sizeName } from "../layout/coefficient-table.ts";
import { droppedText, type KeptFeature, keptFeatures, keptText } from "../layout/kept-features.ts";
import { formatCount, formatSigned, formatSize } from "../layout/number-format.ts";
import { element, svgElement } from "../ui/element.ts";
import { iconButton } from "../ui/toolkit.ts";

/** Half the width of a bar's box, in units of its view box. */
const HALF = 30;

/** The features that the λ at the handle keeps, with their coefficients, and those that it drops. */
export class KeptFeaturesTable {
  readonly element: HTMLElement;
  readonly #count = element("span", { className: "figure-subtitle" });
  readonly #head = element("thead");
  readonly #body = element("tbody");
  readonly #dropped = element("p", { className: "muted dropped-features" });
  #text = "";

  constructor(send: (message: FromPage) => void) {
    const copy = iconButton("copy", "Copy features", () =>
      send({ type: "text/copy", text: this.#text }),
    );
    this.element = element(
      "section",
      { className: "kept-features", attributes: { "aria-label": "Features kept" } },
      element(
        "div",
        { className: "figure-head" },
        element("h2", { className: "figure-title", text: "Features kept" }),
        this.#count,
        element("div", { className: "figure-tools" }, copy),
      ),
      element("table", { className: "kept-table" }, this.#head, this.#body),
      this.#dropped,
    );
  }

  update(paths: CoefficientPaths, lines: readonly CoefficientLine[], index: number): void {
    const kept = keptFeatures(lines, index);
    const total = paths.kept[index] ?? kept.length;
    this.#count.textContent =
      kept.length < total
        ? `${formatCount(kept.length)} of ${formatCount(total)}`
        : formatCount(total);
    this.#text = keptText(kept, sizeName(paths));
    const { isStandardized, outputs } = paths;
    const own = outputs === 1 ? "coefficient" : "norm";
    const heads = isStandardized ? ["standardised", own] : [own];
    this.#head.replaceChildren(
      element(
        "tr",
        {},
        headCell("feature", true),
        headCell("size", true),
        ...heads.map((text) => headCell(text, false)),
      ),
    );
    const largest = Math.max(0, ...kept.map(({ size }) => Math.abs(size)));
    this.#body.replaceChildren(...kept.map((one) => row(one, largest, isStandardized)));
    this.#dropped.textContent = droppedText(paths, lines, index);
  }
}

function headCell(text: string, isHidden: boolean): HTMLElement {
  return element(
    "th",
    { attributes: { scope: "col" } },
    element("span", { text, className: isHidden ? "visually-hidden" : "" }),
  );
}

function row(kept: KeptFeature, largest: number, isStandardized: boolean): HTMLElement {
  const { feature, size, coefficient } = kept;
  const values = isStandardized ? [size, coefficient] : [size];
  return element(
    "tr",
    {},
    element("th", { text: feature, title: feature, attributes: { scope: "row" } }),
    element("td", { className: "kept-bar" }, bar(kept, largest)),
    ...values.map((value) => element("td", { text: signed(value) })),
  );
}

/** Two decimals where they say something, so that a column of numbers is one. */
function signed(value: number): string {
  const size = Math.abs(value);
  if (size < 0.005 || size >= 10_000) return `${value > 0 ? "+" : ""}${formatSize(value)}`;
  return formatSigned(value, 2);
}

/** From the middle to the right above zero, to the left below. */
function bar({ size, color }: KeptFeature, largest: number): SVGElement {
  const width = largest > 0 ? (Math.abs(size) / largest) * HALF : 0;
  const rect = svgElement("rect", {
    x: size < 0 ? HALF - width : HALF,
    y: 0,
    width: Math.max(1, width),
    height: 8,
  });
  // The page's content policy takes no style attributes.
  rect.style.fill = color === "muted" ? "var(--nl-neutral)" : `var(--nl-${color})`;
  return svgElement(
    "svg",
    { width: 2 * HALF, height: 8, viewBox: `0 0 ${2 * HALF} 8`, "aria-hidden": "true" },
    rect,
    svgElement("path", { class: "axis", d: `M${HALF} 0V8` }),
  );
}
