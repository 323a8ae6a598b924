import type { WeightMatrix } from "../../../core/protocol/panel/weights.ts";
import { type HeatCells, heatCells } from "../layout/heat-cells.ts";
import { formatCount, formatSize } from "../layout/number-format.ts";
import { readTheme, type Theme } from "../theme/theme.ts";
import { element } from "../ui/element.ts";
import type { Chart } from "./chart.ts";
import { rgbOf } from "./rgb-of.ts";

/** CSS pixels. */
const NORMS_WIDTH = 64;
const GAP = 8;

/** Every weight as a cell, and the length of each output's weights as a bar beside its row. */
export class WeightHeatMap implements Chart<WeightMatrix> {
  readonly element: HTMLElement;
  readonly #canvas = element("canvas", { attributes: { role: "img" } });
  readonly #room = element("div", { className: "heat-map-room" }, this.#canvas);
  readonly #key = element("p", { className: "heat-map-key" });
  readonly #resize: ResizeObserver;
  #matrix: WeightMatrix | undefined;
  #drawn = "";

  constructor() {
    this.element = element("div", { className: "heat-map" }, this.#room, this.#key);
    this.#resize = new ResizeObserver(() => this.#draw());
    this.#resize.observe(this.#room);
  }

  update(matrix: WeightMatrix): void {
    if (matrix === this.#matrix) return;
    this.#matrix = matrix;
    this.#drawn = "";
    this.#canvas.setAttribute("aria-label", summary(matrix));
    this.#draw();
  }

  repaint(): void {
    this.#drawn = "";
    this.#draw();
  }

  dispose(): void {
    this.#resize.disconnect();
  }

  #draw(): void {
    const ratio = devicePixelRatio;
    const width = Math.floor(this.#room.clientWidth * ratio);
    const height = Math.floor(this.#room.clientHeight * ratio);
    const size = `${width} ${height}`;
    const room = Math.floor(width - (NORMS_WIDTH + GAP) * ratio);
    if (this.#matrix === undefined || size === this.#drawn || room < 8 || height < 8) return;
    this.#drawn = size;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#canvas.style.width = `${width / ratio}px`;
    this.#canvas.style.height = `${height / ratio}px`;
    const context = this.#canvas.getContext("2d");
    if (context === null) return;
    const cells = heatCells(this.#matrix, { width: room, height });
    this.#key.replaceChildren(...keyOf(this.#matrix, cells));
    this.#key.style.top = `${(cells.rows * cells.cellHeight) / ratio + 2}px`;
    const theme = readTheme();
    drawCells(context, cells, theme);
    const left = cells.columns * cells.cellWidth + Math.round(GAP * ratio);
    drawNorms(context, cells, theme, { left, width: Math.round(NORMS_WIDTH * ratio) });
  }
}

/** Strength is opacity over one flat ground, which alone is what an exact zero shows. */
function drawCells(context: CanvasRenderingContext2D, cells: HeatCells, theme: Theme): void {
  const { columns, rows, cellWidth, cellHeight, strengths } = cells;
  const [width, height] = [columns * cellWidth, rows * cellHeight];
  context.fillStyle = theme.axis;
  context.globalAlpha = 0.35;
  context.fillRect(0, 0, width, height);
  context.globalAlpha = 1;
  const colors = { below: rgbOf(theme.ink("s1")), above: rgbOf(theme.ink("s2")) };
  const small = new ImageData(columns, rows);
  for (const [index, strength] of strengths.entries()) {
    const isNumber = Number.isFinite(strength);
    const [red, green, blue] = isNumber
      ? colors[strength < 0 ? "below" : "above"]
      : rgbOf(theme.error);
    small.data.set(
      [red, green, blue, Math.round(255 * (isNumber ? Math.abs(strength) : 1))],
      index * 4,
    );
  }
  const stamp = element("canvas");
  stamp.width = columns;
  stamp.height = rows;
  stamp.getContext("2d")?.putImageData(small, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(stamp, 0, 0, width, height);
}

function drawNorms(
  context: CanvasRenderingContext2D,
  { norms, cellHeight }: HeatCells,
  theme: Theme,
  { left, width }: { readonly left: number; readonly width: number },
): void {
  const finite = norms.filter(Number.isFinite);
  const largest = finite.reduce((most, norm) => Math.max(most, norm), 0);
  const gap = cellHeight > 3 ? 1 : 0;
  for (const [row, norm] of norms.entries()) {
    const isDead = norm === 0;
    context.fillStyle = isDead ? theme.warning : theme.ink("muted");
    const share = isDead ? 0.06 : Number.isFinite(norm) ? norm / largest : 1;
    const bar = Math.max(1, Math.round(width * share));
    context.fillRect(left, row * cellHeight, bar, cellHeight - gap);
  }
}

function keyOf(
  { scale, norms, minus }: WeightMatrix,
  { inputsPerCell, outputsPerCell }: HeatCells,
): Node[] {
  const weightsPerCell = inputsPerCell * outputsPerCell;
  const dead = norms.filter((norm) => norm === 0).length;
  const part = (mark: string, text: string): Node =>
    element("span", { className: "key-part" }, element("span", { className: mark }), text);
  return [
    element(
      "span",
      { className: "key-part" },
      formatSize(-scale),
      element("span", { className: "key-below" }),
      element("span", { className: "key-above" }),
      `+${formatSize(scale)}`,
    ),
    part("key-zero", "exactly 0"),
    ...(dead > 0
      ? [
          part(
            "key-dead",
            `${formatCount(dead)} ${minus === undefined ? "zero rows" : "rows unchanged"}`,
          ),
        ]
      : []),
    ...(weightsPerCell > 1
      ? [
          element("span", {
            text: `max |w| of ${formatCount(weightsPerCell)}`,
            attributes: {
              title: `A cell shows the largest of ${formatCount(weightsPerCell)} weights`,
            },
          }),
        ]
      : []),
  ];
}

function summary({ layer, inputs, outputs, norms, minus }: WeightMatrix): string {
  const dead = norms.filter((norm) => norm === 0).length;
  return [
    `${minus === undefined ? "Weights" : "Difference from the other run"} of ${layer}, ${formatCount(outputs)} outputs by ${formatCount(inputs)} inputs.`,
    `${formatCount(dead)} outputs have only zeros.`,
  ].join(" ");
}
