import type { RunHeader } from "../../../core/protocol/panel/run.ts";
import type { FromPage } from "../../../core/protocol/webview.ts";
import { formatStarted } from "../layout/duration-format.ts";
import { type Fact, finalFacts, runningFacts } from "../layout/run-facts.ts";
import { runProgress } from "../layout/run-progress.ts";
import { liveness, STATUS_MARKS } from "../layout/run-status.ts";
import type { PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { icon } from "../ui/icon.ts";
import { button, iconButton } from "../ui/toolkit.ts";
import { factList } from "./fact-list.ts";
import { RunOriginView } from "./run-origin.ts";
import type { View, ViewContext } from "./view.ts";

type Command = Extract<FromPage["type"], "run/open-spec" | "run/open-log" | "run/reveal">;

const ACTIONS: readonly {
  readonly type: Command;
  readonly icon: string;
  readonly label: string;
}[] = [
  { type: "run/open-spec", icon: "go-to-file", label: "Open experiment file" },
  { type: "run/open-log", icon: "output", label: "Open log" },
  { type: "run/reveal", icon: "folder-opened", label: "Reveal run folder" },
];

/** A run that goes on for so long after it was asked to stop may be asked again. */
const STOP_PATIENCE_MS = 5000;

/** Name, state and key numbers of the run. */
export class HeaderView implements View {
  readonly element: HTMLElement;
  readonly #name = element("h1", { className: "run-name" });
  readonly #status = element("span", { className: "run-status" });
  readonly #meta = element("span", { className: "run-meta" });
  readonly #live = element("span", { className: "liveness" });
  readonly #bar = element("div", { className: "progress-value" });
  readonly #progress: HTMLElement;
  readonly #facts = element("dl", { className: "facts" });
  readonly #objective = element("div", { className: "fact objective" });
  readonly #stop: HTMLElement;
  readonly #origin: RunOriginView;
  #stopAskedAtMs = 0;

  constructor({ send }: ViewContext) {
    this.#stop = button({
      text: "Stop",
      icon: "debug-stop",
      appearance: "secondary",
      onClick: () => {
        this.#stopAskedAtMs = Date.now();
        this.#stop.setAttribute("disabled", "");
        send({ type: "run/stop" });
      },
    });
    this.#stop.classList.add("stop");
    this.#progress = element(
      "div",
      {
        className: "progress",
        attributes: {
          role: "progressbar",
          "aria-label": "Training progress",
          "aria-valuemin": "0",
          "aria-valuemax": "100",
        },
      },
      this.#bar,
    );
    const actions = ACTIONS.map(({ type, icon: name, label }) =>
      iconButton(name, label, () => send({ type })),
    );
    this.#origin = new RunOriginView({ send });
    this.element = element(
      "header",
      { className: "run-header" },
      element(
        "div",
        { className: "run-line" },
        element("div", { className: "run-chip" }, this.#name, this.#status),
        this.#meta,
        this.#live,
        this.#origin.element,
        element("div", { className: "run-actions" }, ...actions),
      ),
      this.#progress,
      element("div", { className: "run-facts" }, this.#facts, this.#stop),
    );
  }

  update(state: PanelState): void {
    const { header } = state;
    this.element.classList.toggle("unknown", header === undefined);
    if (header === undefined) return;
    this.#origin.update(state);
    this.#name.textContent = header.name;
    this.#name.title = header.id;
    this.#showStatus(header);
    this.#meta.textContent = metaOf(header);
    this.#showProgress(state, header);
    this.tick(state);
  }

  /** Renews what changes with the clock alone. */
  tick(state: PanelState): void {
    const { header } = state;
    const isRunning = header?.status === "running";
    this.#live.hidden = !isRunning;
    if (!isRunning) return;
    this.#stop.toggleAttribute("disabled", Date.now() - this.#stopAskedAtMs < STOP_PATIENCE_MS);
    const { isQuiet, age } = liveness(Date.now() - state.lastWriteAtMs);
    this.#live.classList.toggle("quiet", isQuiet);
    this.#live.replaceChildren(
      element("span", { className: "live-dot" }),
      element("span", { text: isQuiet ? "Quiet" : "Live" }),
      element("span", { className: "muted", text: age }),
    );
  }

  repaint(): void {
    // All of it follows the style sheet.
  }

  #showStatus({ status }: RunHeader): void {
    const mark = STATUS_MARKS[status];
    if (this.#status.getAttribute("data-status") === status) return;
    this.#status.setAttribute("data-status", status);
    this.#status.className = `run-status tone-${mark.tone}`;
    const spin = status === "running" ? "codicon-modifier-spin" : "";
    this.#status.replaceChildren(icon(mark.icon, spin), element("span", { text: mark.word }));
  }

  #showProgress(state: PanelState, header: RunHeader): void {
    const isRunning = header.status === "running";
    const progress = runProgress(state.reached, header);
    this.#progress.hidden = !isRunning;
    this.#stop.hidden = !isRunning;
    const percent = Math.round((progress?.fraction ?? 0) * 1000) / 10;
    this.#bar.style.width = `${percent}%`;
    this.#progress.setAttribute("aria-valuenow", String(Math.round(percent)));
    const facts: Fact[] = isRunning ? runningFacts(header, progress) : finalFacts(header, progress);
    this.#facts.replaceChildren(...factList(facts), ...this.#objectiveOf(header));
  }

  #objectiveOf({ objective }: RunHeader): HTMLElement[] {
    if (objective === "") return [];
    this.#objective.title = objective;
    this.#objective.replaceChildren(
      element("dt", { text: "objective" }),
      element("dd", { text: objective }),
    );
    return [this.#objective];
  }
}

function metaOf({ started, spec, seed }: RunHeader): string {
  const file = spec.split("/").at(-1) ?? spec;
  return [`started ${formatStarted(started)}`, file, `seed ${seed}`]
    .filter((text) => text !== "")
    .join(" · ");
}
