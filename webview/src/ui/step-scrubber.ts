import { element } from "./element.ts";
import { slider } from "./slider.ts";

export interface StepScrubber {
  readonly element: HTMLElement;
  readonly update: (steps: readonly number[], step: number, text: string) => void;
  /** Goes one recorded step back (−1) or on (1). */
  readonly move: (direction: -1 | 1) => void;
}

/** A slider over the steps that were recorded; they need not be evenly spaced. */
export function stepScrubber(label: string, onStep: (step: number) => void): StepScrubber {
  let known: readonly number[] = [];
  const control = slider({
    label,
    min: 0,
    max: 0,
    step: 1,
    onInput: (index) => {
      const step = known[index];
      if (step !== undefined) onStep(step);
    },
  });
  const caption = element("span", { className: "scrubber-text" });
  return {
    element: element("div", { className: "scrubber" }, control.element, caption),
    update(steps, step, text) {
      known = steps;
      control.setMax(Math.max(0, steps.length - 1));
      control.setValue(Math.max(0, steps.indexOf(step)), text);
      control.element.disabled = steps.length < 2;
      caption.textContent = text;
    },
    move(direction) {
      const index = Number(control.element.value) + direction;
      const step = known[index];
      if (step === undefined) return;
      // The next key may come before the page is drawn anew.
      control.element.value = String(index);
      onStep(step);
    },
  };
}
