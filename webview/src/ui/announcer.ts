import { element } from "./element.ts";

/** Says what the crosshair or a pinned point reads to those who do not see it. */
export interface Announcer {
  readonly element: HTMLElement;
  readonly say: (text: string) => void;
}

export function announcer(): Announcer {
  const region = element("div", {
    className: "visually-hidden",
    attributes: { role: "status", "aria-live": "polite" },
  });
  return {
    element: region,
    say(text) {
      region.textContent = text;
    },
  };
}
