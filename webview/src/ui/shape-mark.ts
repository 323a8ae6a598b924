import { type PointShape, shapePath } from "../layout/modality-shape.ts";
import { svgElement } from "./element.ts";

/** The shape of a modality, as it stands beside its name; 12 px. */
export function shapeMark(shape: PointShape): SVGSVGElement {
  return svgElement(
    "svg",
    { class: "shape-mark", width: 12, height: 12, viewBox: "-6 -6 12 12", "aria-hidden": "true" },
    svgElement("path", { d: shapePath(shape, 4.4) }),
  );
}
