import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import { histogramBars } from "../layout/histogram-bars.ts";
import { isPenalised, zeroFraction } from "../layout/layer-table.ts";
import { mergeBins } from "../layout/merge-bins.ts";
import { svgElement } from "../ui/element.ts";

const WIDTH = 104;
const HEIGHT = 16;
const BARS_LEFT = 12;
const ZERO_WIDTH = 7;
/** Bars of four pixels, one of them empty. */
const MOST_BARS = 23;

/** The histogram of one tensor in a table row: zeros apart on the left, then all other values. */
export function valueSparkline(row: LayerRow): SVGSVGElement {
  const bars = histogramBars(mergeBins(row.histogram, MOST_BARS), {
    width: WIDTH - BARS_LEFT,
    height: HEIGHT,
    gap: 1,
    power: 0.5,
  });
  const outline = bars
    .map(({ x, y, width, height }) => {
      const left = (BARS_LEFT + x).toFixed(1);
      return `M${left} ${(y + 0.5).toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`;
    })
    .join("");
  const zeros = HEIGHT * (isPenalised(row) || row.zeros > 0 ? zeroFraction(row) || 0 : 0);
  return svgElement(
    "svg",
    { class: "value-sparkline", width: WIDTH, height: HEIGHT + 1, "aria-hidden": "true" },
    svgElement("rect", {
      class: "bar-zero",
      x: 0,
      y: HEIGHT + 0.5 - zeros,
      width: ZERO_WIDTH,
      height: zeros,
    }),
    svgElement("path", { class: "spark-bars", d: outline }),
    svgElement("path", { class: "axis", d: `M${BARS_LEFT} ${HEIGHT + 0.5}H${WIDTH}` }),
  );
}
