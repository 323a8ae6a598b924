import { element } from "./element.ts";
import { roveFocus } from "./roving-focus.ts";

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: string;
}

export interface Tabs<Id extends string> {
  readonly element: HTMLElement;
  readonly select: (id: Id) => void;
}

/** A tab list; the panel of tab `x` has the id `panel-x` and is labelled by `tab-x`. */
export function tabs<Id extends string>(
  label: string,
  list: readonly Tab<Id>[],
  onSelect: (id: Id) => void,
): Tabs<Id> {
  const buttons = list.map(({ id, title }) => {
    const button = element("button", {
      className: "tab",
      text: title,
      attributes: {
        type: "button",
        role: "tab",
        id: `tab-${id}`,
        "aria-controls": `panel-${id}`,
      },
    });
    button.addEventListener("click", () => onSelect(id));
    return button;
  });
  const container = element(
    "div",
    { className: "tabs", attributes: { role: "tablist", "aria-label": label } },
    ...buttons,
  );
  roveFocus(
    container,
    () => buttons,
    (index) => {
      const tab = list[index];
      if (tab !== undefined) onSelect(tab.id);
    },
  );
  return {
    element: container,
    select(id) {
      for (const [index, button] of buttons.entries()) {
        const isSelected = list[index]?.id === id;
        button.setAttribute("aria-selected", String(isSelected));
        button.tabIndex = isSelected ? 0 : -1;
      }
    },
  };
}
