import { type OriginNote, runOrigin } from "../layout/run-origin.ts";
import type { PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { icon } from "../ui/icon.ts";
import type { ViewContext } from "./view.ts";

/** In the header: findings at launch, and what has changed since. Never in the way of anything. */
export class RunOriginView {
  readonly element = element("div", { className: "run-origin", attributes: { role: "status" } });
  readonly #send: ViewContext["send"];
  #shown = "";

  constructor({ send }: Pick<ViewContext, "send">) {
    this.#send = send;
  }

  update({ header, changes }: Pick<PanelState, "header" | "changes">): void {
    const notes = header === undefined ? [] : runOrigin(header.findings, changes);
    const signature = JSON.stringify(notes);
    if (signature === this.#shown) return;
    this.#shown = signature;
    this.element.hidden = notes.length === 0;
    this.element.replaceChildren(...notes.map((note) => this.#noteOf(note)));
  }

  #noteOf({ id, icon: name, text, hint, action }: OriginNote): HTMLElement {
    const parts: Node[] = [icon(name), element("span", { text })];
    if (action !== undefined) {
      const button = element("button", {
        className: "link-button",
        text: action.label,
        attributes: { type: "button", "aria-label": `${text}: ${action.label}` },
      });
      button.addEventListener("click", () => this.#send(action.message));
      parts.push(button);
    }
    return element(
      "span",
      { className: "origin-note", title: hint, attributes: { "data-note": id } },
      ...parts,
    );
  }
}
