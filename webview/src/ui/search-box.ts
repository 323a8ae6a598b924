import { element } from "./element.ts";
import { icon } from "./icon.ts";

export interface SearchBox {
  readonly element: HTMLElement;
  readonly setText: (text: string) => void;
}

/** A one-line filter; Escape empties it. `label` is its name and its hint. */
export function searchBox(label: string, onInput: (text: string) => void): SearchBox {
  const input = element("input", {
    className: "search-input",
    attributes: { type: "text", placeholder: label, "aria-label": label, spellcheck: "false" },
  });
  input.addEventListener("input", () => onInput(input.value));
  input.addEventListener("keydown", (event) => {
    // The page's own keys, such as the brackets of the scrubber, are letters in here. The editor's keys
    // must pass: it listens further up.
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) event.stopPropagation();
    if (event.key !== "Escape" || input.value === "") return;
    input.value = "";
    onInput("");
  });
  return {
    element: element("div", { className: "search-box" }, icon("search"), input),
    setText(text) {
      if (input.value !== text) input.value = text;
    },
  };
}
