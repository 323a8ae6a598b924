import { rovingIndex } from "../ui/roving-focus.ts";

/** What a key means in the plot. */
export type ScatterKey =
  | { readonly type: "item"; readonly index: number }
  | { readonly type: "move"; readonly dx: number; readonly dy: number }
  | { readonly type: "zoom"; readonly by: number }
  | { readonly type: "fit" }
  | { readonly type: "select-visible" }
  | { readonly type: "select-item" }
  | { readonly type: "give-up" };

type Pressed = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

const ZOOM_STEP = 1.5;
const MOVE_PIXELS = 48;

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [MOVE_PIXELS, 0],
  ArrowRight: [-MOVE_PIXELS, 0],
  ArrowUp: [0, MOVE_PIXELS],
  ArrowDown: [0, -MOVE_PIXELS],
};

/** `current` is the place of the pinned item among `count` visible ones, −1 without one. */
export function scatterKey(
  { key, shiftKey, ctrlKey, metaKey, altKey }: Pressed,
  current: number,
  count: number,
): ScatterKey | undefined {
  if (key.toLowerCase() === "a" && (ctrlKey || metaKey)) return { type: "select-visible" };
  if (ctrlKey || metaKey || altKey) return undefined;
  const [dx, dy] = MOVES[key] ?? [0, 0];
  if (shiftKey && (dx !== 0 || dy !== 0)) return { type: "move", dx, dy };
  switch (key) {
    case "+":
    case "=":
      return { type: "zoom", by: ZOOM_STEP };
    case "-":
      return { type: "zoom", by: 1 / ZOOM_STEP };
    case "0":
      return { type: "fit" };
    case "Escape":
      return { type: "give-up" };
    case "Enter":
    case " ":
      return current < 0 ? undefined : { type: "select-item" };
    default: {
      const index = rovingIndex(key, current, count);
      return index === undefined ? undefined : { type: "item", index };
    }
  }
}
