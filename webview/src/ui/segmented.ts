import { element } from "./element.ts";
import { roveFocus } from "./roving-focus.ts";

export interface Segment<Id extends string> {
  readonly id: Id;
  readonly title: string;
}

export interface Segmented<Id extends string> {
  readonly element: HTMLElement;
  readonly select: (id: Id) => void;
}

/** A choice of one among few, as a row of joined buttons; to a screen reader, radio buttons. */
export function segmented<Id extends string>(
  label: string,
  list: readonly Segment<Id>[],
  onSelect: (id: Id) => void,
): Segmented<Id> {
  const buttons = list.map(({ id, title }) => {
    const button = element("button", {
      className: "segment",
      text: title,
      attributes: { type: "button", role: "radio" },
    });
    button.addEventListener("click", () => onSelect(id));
    return button;
  });
  const container = element(
    "div",
    { className: "segmented", attributes: { role: "radiogroup", "aria-label": label } },
    ...buttons,
  );
  roveFocus(
    container,
    () => buttons,
    (index) => {
      const segment = list[index];
      if (segment !== undefined) onSelect(segment.id);
    },
  );
  return {
    element: container,
    select(id) {
      for (const [index, button] of buttons.entries()) {
        const isSelected = list[index]?.id === id;
        button.setAttribute("aria-checked", String(isSelected));
        button.tabIndex = isSelected ? 0 : -1;
      }
    },
  };
}
