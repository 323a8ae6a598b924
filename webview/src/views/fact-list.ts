import type { Fact } from "../layout/run-facts.ts";
import { element } from "../ui/element.ts";

/** Small labels over values. */
export function factList(facts: readonly Fact[]): HTMLElement[] {
  return facts.map(({ label, value, detail }) =>
    element(
      "div",
      { className: "fact" },
      element("dt", { text: label }),
      element(
        "dd",
        {},
        element("strong", { text: value }),
        ...(detail === undefined
          ? []
          : [" ", element("span", { className: "muted", text: detail })]),
      ),
    ),
  );
}
