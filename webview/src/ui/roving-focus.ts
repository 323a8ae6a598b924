/** Index that an arrow, Home or End key leads to among `count` items; `undefined` for other keys. */
export function rovingIndex(key: string, current: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
      return (current + 1) % count;
    case "ArrowLeft":
    case "ArrowUp":
      return (current - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

/** Keeps one item of a group in the tab order and moves among them with the arrow keys. */
export function roveFocus(
  container: HTMLElement,
  items: () => readonly HTMLElement[],
  onMove: (index: number) => void,
): void {
  container.addEventListener("keydown", (event) => {
    const all = items();
    const { activeElement } = document;
    const current = activeElement instanceof HTMLElement ? all.indexOf(activeElement) : -1;
    if (current < 0) return;
    const next = rovingIndex(event.key, current, all.length);
    if (next === undefined) return;
    event.preventDefault();
    all[next]?.focus();
    onMove(next);
  });
}
