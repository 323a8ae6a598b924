/**
 * The page's chrome from the Webview UI Toolkit. No other file imports it: the toolkit is archived,
 * and `@vscode-elements/elements` carries the same tag names should it have to go.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
} from "@vscode/webview-ui-toolkit";
import { icon } from "./icon.ts";

/** Defines the elements; to be called once, before the first of them is made. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
  );
}

export interface ButtonParts {
  readonly text: string;
  readonly icon?: string;
  readonly appearance: "primary" | "secondary";
  readonly onClick: () => void;
}

export function button({ text, icon: iconName, appearance, onClick }: ButtonParts): HTMLElement {
  const made = document.createElement("vscode-button");
  made.setAttribute("appearance", appearance);
  if (iconName !== undefined) {
    const mark = icon(iconName);
    mark.slot = "start";
    made.append(mark);
  }
  made.append(text);
  made.addEventListener("click", onClick);
  return made;
}

/** A button that shows only an icon; `label` is its tooltip and its name for screen readers. */
export function iconButton(iconName: string, label: string, onClick: () => void): HTMLElement {
  const made = document.createElement("vscode-button");
  made.setAttribute("appearance", "icon");
  made.setAttribute("aria-label", label);
  made.title = label;
  made.append(icon(iconName));
  made.addEventListener("click", onClick);
  return made;
}

export interface Checkbox {
  readonly element: HTMLElement;
  readonly setChecked: (isChecked: boolean) => void;
  readonly setText: (text: string) => void;
}

export function checkbox(text: string, onToggle: () => void): Checkbox {
  const made = document.createElement("vscode-checkbox");
  made.append(text);
  let shown: boolean | undefined;
  made.addEventListener("change", () => {
    // The element also reports changes that the page made itself.
    const isChecked = "checked" in made && made.checked === true;
    if (shown === undefined || isChecked === shown) return;
    shown = isChecked;
    onToggle();
  });
  return {
    element: made,
    setChecked(isChecked) {
      shown = isChecked;
      if ("checked" in made) made.checked = isChecked;
    },
    setText(wanted) {
      if (made.textContent !== wanted) made.textContent = wanted;
    },
  };
}

export interface Dropdown {
  readonly element: HTMLElement;
  readonly setOptions: (options: readonly string[], selected: number) => void;
}

export function dropdown(label: string, onSelect: (index: number) => void): Dropdown {
  const made = document.createElement("vscode-dropdown");
  made.setAttribute("aria-label", label);
  let shown = "";
  let current = -1;
  made.addEventListener("change", () => {
    const index = "selectedIndex" in made ? Number(made.selectedIndex) : -1;
    if (index < 0 || index === current) return;
    current = index;
    onSelect(index);
  });
  return {
    element: made,
    setOptions(options, selected) {
      current = selected;
      const signature = options.join("\n");
      if (signature !== shown) {
        shown = signature;
        made.replaceChildren(...options.map(optionOf));
      }
      if ("selectedIndex" in made) made.selectedIndex = selected;
    },
  };
}

function optionOf(text: string): HTMLElement {
  const option = document.createElement("vscode-option");
  option.textContent = text;
  return option;
}

export function progressRing(label: string): HTMLElement {
  const made = document.createElement("vscode-progress-ring");
  made.setAttribute("aria-label", label);
  return made;
}
