import { finerRange } from "../layout/finer-range.ts";
import { formatCount, formatLambda, formatSize } from "../layout/number-format.ts";
import { type PathChoice, reasonFor, ruleName } from "../layout/path-choice.ts";
import { element } from "../ui/element.ts";
import { segmented } from "../ui/segmented.ts";
import { button } from "../ui/toolkit.ts";

interface PathSummaryParts {
  readonly onSelect: (index: number) => void;
  /** Writes a λ to the experiment file. */
  readonly onApply: (lambda: number) => void;
  /** Trains again with more λ around the one at this place of the path. */
  readonly onFiner: (index: number) => void;
  /** The reader wants a λ of their own. */
  readonly onOwn: () => void;
}

/** The λ at the handle: three figures, the rule, and one sentence of reason. */
export class PathSummary {
  readonly element: HTMLElement;
  readonly #choices;
  readonly #figures = element("dl", { className: "path-figures" });
  readonly #reason = element("p", { className: "path-reason" });
  readonly #rule = element("p", { className: "muted path-rule" });
  readonly #apply: HTMLElement;
  readonly #finer: HTMLElement;
  #index = 0;
  #lambda = Number.NaN;
  #choice: PathChoice | undefined;

  constructor({ onSelect, onApply, onFiner, onOwn }: PathSummaryParts) {
    this.#choices = segmented(
      "λ to look at",
      [
        { id: "oneSe", title: "λ 1se" },
        { id: "least", title: "λ min" },
        { id: "own", title: "Custom" },
      ],
      (id) => {
        const index = id === "own" ? undefined : this.#choice?.[id];
        if (index === undefined) onOwn();
        else onSelect(index);
      },
    );
    this.#apply = button({
      text: "Apply",
      appearance: "primary",
      onClick: () => onApply(this.#lambda),
    });
    this.#apply.classList.add("apply-lambda");
    this.#finer = button({
      text: "Run Finer Sweep",
      appearance: "secondary",
      onClick: () => onFiner(this.#index),
    });
    this.#finer.classList.add("finer-sweep");
    this.element = element(
      "section",
      { className: "path-summary", attributes: { "aria-label": "λ at the handle" } },
      this.#choices.element,
      this.#figures,
      this.#reason,
      this.#rule,
      this.#apply,
      this.#finer,
    );
  }

  /** `weights` is how many weights there are, where that is known; `file` the experiment's. */
  update(
    choice: PathChoice,
    index: number,
    { weights, file }: { readonly weights: number | undefined; readonly file: string },
  ): void {
    this.#choice = choice;
    const { points, least, oneSe, chosen, rule } = choice;
    const point = points[index];
    if (point === undefined) return;
    this.#lambda = point.lambda;
    this.#index = index;
    this.#apply.textContent = `Apply λ = ${formatLambda(point.lambda)}`;
    this.#apply.title = `Write it to ${file}`;
    const [low, high] = finerRange(points, index).map(formatLambda);
    this.#finer.title = `Train again with more λ between ${low} and ${high}`;
    this.#choices.element.hidden = oneSe === undefined;
    const place = index === oneSe ? "oneSe" : "own";
    this.#choices.select(index === least && index !== oneSe ? "least" : place);
    const of = weights === undefined ? "weights not zero" : `of ${formatCount(weights)} weights`;
    const error = point.se > 0 ? `CV error, ± ${formatSize(point.se)}` : "error";
    this.#figures.replaceChildren(
      ...figure(formatLambda(point.lambda), "λ"),
      ...figure(formatSize(point.mean), error),
      ...figure(formatCount(point.non_zeros), of),
    );
    this.#reason.textContent = reasonFor(choice, index);
    const own = points[chosen];
    const trained = own === undefined ? "" : formatLambda(own.lambda);
    this.#rule.textContent =
      index === chosen
        ? `This run was fitted with it, by the rule ${rule}: ${ruleName(rule)}.`
        : `This run was fitted with λ = ${trained}, by the rule ${rule}: ${ruleName(rule)}.`;
  }
}

function figure(value: string, label: string): HTMLElement[] {
  return [
    element(
      "div",
      { className: "path-figure" },
      element("dt", { text: label }),
      element("dd", { text: value }),
    ),
  ];
}
