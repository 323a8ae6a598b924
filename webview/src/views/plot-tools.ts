import type { PlotTool } from "../charts/scatter-gestures.ts";
import { element } from "../ui/element.ts";
import { iconButton } from "../ui/toolkit.ts";

export interface PlotToolEvents {
  readonly onTool: (tool: PlotTool) => void;
  readonly onZoom: (by: number) => void;
  readonly onFit: () => void;
  readonly onSelectVisible: () => void;
}

const ZOOM_STEP = 1.5;

/** What the pointer does in the plot, and what keys do, as buttons. */
export class PlotTools {
  readonly element: HTMLElement;
  readonly #tools: Readonly<Record<PlotTool, HTMLElement>>;

  constructor({ onTool, onZoom, onFit, onSelectVisible }: PlotToolEvents) {
    this.#tools = {
      select: iconButton("inspect", "Select: drag around points", () => onTool("select")),
      move: iconButton("move", "Move: drag the plot (also with Alt or the middle button)", () =>
        onTool("move"),
      ),
    };
    this.element = element(
      "div",
      { className: "plot-tools", attributes: { role: "toolbar", "aria-label": "Plot" } },
      this.#tools.select,
      this.#tools.move,
      iconButton("zoom-in", "Zoom in (+)", () => onZoom(ZOOM_STEP)),
      iconButton("zoom-out", "Zoom out (−)", () => onZoom(1 / ZOOM_STEP)),
      iconButton("screen-full", "Show all points (0)", onFit),
      iconButton("list-selection", "Select all points in sight (Ctrl+A)", onSelectVisible),
    );
  }

  update(tool: PlotTool): void {
    for (const [name, button] of Object.entries(this.#tools)) {
      button.setAttribute("aria-pressed", String(name === tool));
    }
  }
}
