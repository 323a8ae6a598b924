import type { FromPage } from "../../../core/protocol/webview.ts";
import { element } from "../ui/element.ts";
import { icon } from "../ui/icon.ts";

/** The sign in a layer's row that leads to the line that makes it; `followGoToLine` makes it work. */
export function goToLineIcon(layer: string): HTMLElement {
  const label = `Go to the line that makes ${layer} (F12)`;
  return element(
    "button",
    {
      className: "go-to-line",
      title: label,
      // The row has the focus, and F12 there does the same.
      attributes: { type: "button", "data-go-to": layer, "aria-label": label, tabindex: "-1" },
    },
    icon("go-to-file"),
  );
}

/** Goes to the line of a layer: by the sign in its row, or by F12 on a row that names it. */
export function followGoToLine(host: HTMLElement, send: (message: FromPage) => void): void {
  host.addEventListener(
    "click",
    (event) => {
      const layer = attributeAround(event.target, "data-go-to");
      if (layer === undefined) return;
      event.stopPropagation();
      send({ type: "layer/go-to", layer });
    },
    { capture: true },
  );
  host.addEventListener("keydown", (event) => {
    const layer = event.key === "F12" ? attributeAround(event.target, "data-layer") : undefined;
    if (layer === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    send({ type: "layer/go-to", layer });
  });
}

function attributeAround(target: EventTarget | null, name: string): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest(`[${name}]`)?.getAttribute(name) ?? undefined;
}
