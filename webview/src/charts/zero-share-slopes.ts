import { type ZeroShareSlope, zeroShareText } from "../layout/layer-deltas.ts";
import { pushApart } from "../layout/push-apart.ts";
import { runColor } from "../layout/run-color.ts";
import { shortened } from "../layout/shortened.ts";
import { svgElement } from "../ui/element.ts";
import { type Size, SizedSvg, svgText } from "./sized-svg.ts";

const LABEL_GAP = 14;
const TOP = 12;
const BOTTOM = 22;
/** Room of a percentage, and of the change beside it, in pixels. */
const SHARE_WIDTH = 40;
const CHANGE_WIDTH = 44;
/** Width of a character of an 11 px label, at most. */
const CHARACTER_WIDTH = 6.5;

interface Parts {
  readonly slopes: readonly ZeroShareSlope[];
  /** Place of the other run among those shown, for its colour. */
  readonly other: number;
  /** What the chart says, in one sentence. */
  readonly label: string;
}

/** Share of zeros of each layer in the other run, left, and in this one, right. */
export class ZeroShareSlopes {
  readonly element: HTMLElement | SVGElement;
  readonly #svg = new SizedSvg();

  constructor() {
    this.element = this.#svg.element;
    this.element.classList.add("zero-share-slopes");
  }

  update(parts: Parts): void {
    this.#svg.update(parts.label, (size) => drawing(parts, size));
  }

  dispose(): void {
    this.#svg.dispose();
  }
}

/** Pixels of the two axes, and of a share of zeros on them. */
interface Scale {
  readonly left: number;
  readonly right: number;
  y(fraction: number): number;
}

function scaleOf({ slopes }: Parts, { width, height }: Size): Scale {
  const names = Math.max(...slopes.map(({ layer }) => layer.length)) * CHARACTER_WIDTH;
  const left = Math.min(names, 0.4 * width) + SHARE_WIDTH + 8;
  const top = Math.max(0.05, ...slopes.flatMap(({ run, other }) => [run, other]));
  const bottom = height - BOTTOM;
  return {
    left,
    right: Math.max(left + 40, width - SHARE_WIDTH - CHANGE_WIDTH),
    y: (fraction) => bottom - (fraction / top) * (bottom - TOP),
  };
}

function drawing(parts: Parts, size: Size): readonly Node[] {
  const { slopes, other } = parts;
  const scale = scaleOf(parts, size);
  const { left, right, y } = scale;
  const ends: [number, number] = [TOP, size.height - BOTTOM];
  const leftLabels = pushApart(
    slopes.map((slope) => y(slope.other)),
    LABEL_GAP,
    ends,
  );
  const rightLabels = pushApart(
    slopes.map((slope) => y(slope.run)),
    LABEL_GAP,
    ends,
  );
  return [
    svgElement("path", { class: "axis", d: `M${left} ${TOP - 6}V${y(0)}H${right}V${TOP - 6}` }),
    svgText((left + right) / 2, size.height - 6, "0%"),
    ...slopes.map((slope) =>
      svgElement("path", {
        class: slope.isStrong ? "slope strong" : "slope",
        d: `M${left} ${y(slope.other)}L${right} ${y(slope.run)}`,
      }),
    ),
    ...slopes.flatMap((slope, index) => [
      ...leftEnd(slope, scale, leftLabels[index] ?? 0),
      ...rightEnd(slope, scale, rightLabels[index] ?? 0),
      dot(left, y(slope.other), other),
      dot(right, y(slope.run), 0),
    ]),
  ];
}

function leftEnd(slope: ZeroShareSlope, { left, y }: Scale, at: number): Node[] {
  const className = slope.isStrong ? "tick strong" : "tick";
  const room = left - SHARE_WIDTH;
  const text = shortened(slope.layer, room, (part) => part.length * CHARACTER_WIDTH);
  const name = svgText(room, at + 4, text, "end", className);
  name.append(svgElement("title", {}, slope.layer));
  const share = svgText(left - 9, at + 4, zeroShareText(slope.other), "end", className);
  return [leader(left - 6, at, left, y(slope.other)), name, share];
}

function rightEnd(slope: ZeroShareSlope, { right, y }: Scale, at: number): Node[] {
  const className = slope.isStrong ? "tick strong" : "tick";
  return [
    leader(right + 6, at, right, y(slope.run)),
    svgText(right + 9, at + 4, zeroShareText(slope.run), "start", className),
    svgText(right + SHARE_WIDTH + 4, at + 4, slope.change, "start", className),
  ];
}

function leader(x: number, y: number, toX: number, toY: number): SVGElement {
  return svgElement("path", { class: "leader", d: `M${x} ${y}L${toX} ${toY}` });
}

function dot(cx: number, cy: number, run: number): SVGElement {
  const made = svgElement("circle", { cx, cy, r: 3 });
  made.style.fill = `var(--nl-${runColor(run)})`;
  return made;
}
