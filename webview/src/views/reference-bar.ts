import type { OtherRun } from "../../../core/protocol/panel/others.ts";
import type { WeightsDifference } from "../../../core/protocol/panel/weights.ts";
import { formatCount } from "../layout/number-format.ts";
import { currentDifference, referenceKey } from "../layout/weight-reference.ts";
import type { PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { dropdown } from "../ui/toolkit.ts";
import type { ViewContext } from "./view.ts";

/** A list of more steps is no choice any more. */
const MOST_STEPS = 200;

/** Chooses the run, and its step, that the weights are compared with; asks for the difference. */
export class ReferenceBar {
  readonly element: HTMLElement;
  readonly #runs;
  readonly #steps;
  readonly #note = element("span", { className: "muted", attributes: { role: "status" } });
  readonly #unmatched = element("ul", {});
  readonly #unmatchedCount = element("summary", {});
  readonly #details: HTMLElement;
  readonly #send: ViewContext["send"];
  #keys: readonly (string | undefined)[] = [];
  #otherSteps: readonly number[] = [];
  /** What the reader chose; without it the worker takes the step that matches best. */
  #otherStep: number | undefined;
  #asked = "";
  #listed: WeightsDifference | undefined;
  #current: PanelState | undefined;

  constructor({ dispatch, send }: ViewContext) {
    this.#send = send;
    this.#runs = dropdown("Run to compare the weights with", (index) => {
      this.#otherStep = undefined;
      dispatch({ type: "reference/select", key: this.#keys[index] });
    });
    this.#steps = dropdown("Step of the other run", (index) => {
      this.#otherStep = this.#otherSteps[index];
      this.#ask(this.#current);
    });
    this.#details = element(
      "details",
      { className: "unmatched" },
      this.#unmatchedCount,
      this.#unmatched,
    );
    this.#details.hidden = true;
    this.element = element(
      "div",
      { className: "reference-bar" },
      element("span", { text: "Compare with" }),
      this.#runs.element,
      this.#steps.element,
      this.#note,
      this.#details,
    );
  }

  update(state: PanelState): void {
    this.#current = state;
    const { others, file } = state;
    this.element.hidden = others.length === 0 || file !== undefined;
    if (this.element.hidden) {
      this.#asked = "";
      return;
    }
    const key = referenceKey(state);
    this.#keys = [undefined, ...others.map((other) => other.key)];
    this.#runs.setOptions(["no other run", ...others.map(nameOf)], this.#keys.indexOf(key));
    this.#ask(state);
    this.#tell(state, key);
  }

  #ask(state: PanelState | undefined): void {
    const { weights } = state ?? {};
    const other = state && referenceKey(state);
    if (weights === undefined || other === undefined) {
      this.#asked = "";
      return;
    }
    const { step } = weights;
    const otherStep = this.#otherStep;
    const wanted = JSON.stringify([step, other, otherStep, weights.layers.length]);
    if (wanted === this.#asked) return;
    this.#asked = wanted;
    this.#send({
      type: "weights/request-difference",
      step,
      other,
      ...(otherStep === undefined ? {} : { otherStep }),
    });
  }

  #tell(state: PanelState, key: string | undefined): void {
    const difference = currentDifference(state);
    const { noDifference } = state;
    const reason = noDifference?.other === key ? noDifference?.reason : undefined;
    const wait =
      difference === undefined ? "comparing…" : difference.isWhole ? "" : "reading values…";
    const note = key === undefined ? "" : (reason ?? wait);
    if (this.#note.textContent !== note) this.#note.textContent = note;
    this.#showSteps(key === undefined ? undefined : difference);
    this.#showUnmatched(key === undefined ? undefined : difference);
  }

  #showSteps(difference: WeightsDifference | undefined): void {
    const steps = difference?.otherSteps ?? [];
    this.#steps.element.hidden = steps.length < 2 || steps.length > MOST_STEPS;
    if (difference === undefined || this.#steps.element.hidden) return;
    this.#otherSteps = steps;
    this.#steps.setOptions(
      steps.map((step) => `at step ${formatCount(step)}`),
      steps.indexOf(difference.otherStep),
    );
  }

  #showUnmatched(difference: WeightsDifference | undefined): void {
    if (difference === this.#listed) return;
    this.#listed = difference;
    const { unmatched = [], unread = [] } = difference ?? {};
    const lines = [...unmatched.map(({ layer, reason }) => `${layer}: ${reason}`), ...unread];
    this.#details.hidden = lines.length === 0;
    const count = lines.length === 1 ? "1 layer is" : `${formatCount(lines.length)} layers are`;
    this.#unmatchedCount.textContent = `${count} not compared`;
    this.#unmatched.replaceChildren(...lines.map((text) => element("li", { text })));
  }
}

function nameOf({ header, isBaseline }: OtherRun): string {
  return isBaseline ? `${header.name} (baseline)` : header.name;
}
