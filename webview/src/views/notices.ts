import { runProgress } from "../layout/run-progress.ts";
import { type RunNotice, runNotice } from "../layout/run-status.ts";
import type { PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { icon } from "../ui/icon.ts";
import { button } from "../ui/toolkit.ts";
import { ProblemStrip } from "./problem-strip.ts";
import type { View, ViewContext } from "./view.ts";

/** Why a run did not finish, and everything that could not be read. */
export class NoticesView implements View {
  readonly element = element("div", { className: "notices" });
  readonly #context: ViewContext;
  readonly #problems: ProblemStrip;
  #shown = "";

  constructor(context: ViewContext) {
    this.#context = context;
    this.#problems = new ProblemStrip(() => context.dispatch({ type: "problems/dismiss" }));
  }

  update(state: PanelState): void {
    const { header, problems } = state;
    const step = runProgress(state.reached, header)?.step;
    const silentMs = Date.now() - state.lastWriteAtMs;
    const notice = header === undefined ? undefined : runNotice(header, step, silentMs);
    const signature = JSON.stringify([notice, problems]);
    if (signature === this.#shown) return;
    this.#shown = signature;
    this.#problems.update(problems);
    this.element.replaceChildren(
      ...(notice === undefined ? [] : [this.#noticeOf(notice)]),
      this.#problems.element,
    );
  }

  repaint(): void {
    // All of it follows the style sheet.
  }

  #noticeOf({ tone, icon: name, title, detail }: RunNotice): HTMLElement {
    const { send } = this.#context;
    return element(
      "section",
      {
        className: `notice notice-${tone}`,
        attributes: { role: tone === "info" ? "status" : "alert" },
      },
      icon(name, `tone-${tone}`),
      element(
        "div",
        { className: "notice-text" },
        element("strong", { text: title }),
        element("p", { text: detail }),
      ),
      element(
        "div",
        { className: "notice-actions" },
        button({
          text: "Open Log",
          appearance: tone === "info" ? "secondary" : "primary",
          onClick: () => send({ type: "run/open-log" }),
        }),
        ...(tone === "info" ? [] : [this.#openSpec()]),
      ),
    );
  }

  #openSpec(): HTMLElement {
    return button({
      text: "Open Experiment File",
      appearance: "secondary",
      onClick: () => this.#context.send({ type: "run/open-spec" }),
    });
  }
}
