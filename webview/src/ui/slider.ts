import { element } from "./element.ts";

export interface SliderParts {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onInput: (value: number) => void;
}

export interface Slider {
  readonly element: HTMLInputElement;
  readonly setValue: (value: number, text: string) => void;
  readonly setMax: (max: number) => void;
}

export function slider({ label, min, max, step, onInput }: SliderParts): Slider {
  const input = element("input", {
    className: "slider",
    attributes: {
      type: "range",
      min: String(min),
      max: String(max),
      step: String(step),
      "aria-label": label,
    },
  });
  const paint = (): void => {
    const span = Number(input.max) - Number(input.min);
    const share = span > 0 ? (Number(input.value) - Number(input.min)) / span : 1;
    input.style.setProperty("--filled", `${share * 100}%`);
  };
  input.addEventListener("input", () => {
    paint();
    onInput(Number(input.value));
  });
  return {
    element: input,
    setValue(value, text) {
      input.value = String(value);
      input.setAttribute("aria-valuetext", text);
      paint();
    },
    setMax(limit) {
      input.max = String(limit);
      paint();
    },
  };
}
