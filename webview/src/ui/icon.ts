import { element } from "./element.ts";

/** A codicon; it says nothing by itself, so a word or a label must stand beside it. */
export function icon(name: string, className = ""): HTMLElement {
  return element("span", {
    className: `codicon codicon-${name} ${className}`.trim(),
    attributes: { "aria-hidden": "true" },
  });
}
