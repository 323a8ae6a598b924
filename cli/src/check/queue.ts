/** Items on their way from one who finds them to several who work on them. */
export interface Queue<Item> {
  put(item: Item): void;
  /** Up to so many items, as soon as there are any; none once the queue is closed and empty. */
  take(most: number): Promise<readonly Item[]>;
  close(): void;
}

export function openQueue<Item>(): Queue<Item> {
  const items: Item[] = [];
  const waiting: (() => void)[] = [];
  let isOpen = true;
  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  return {
    put(item) {
      items.push(item);
      wake();
    },
    async take(most) {
      while (items.length === 0 && isOpen)
        await new Promise<void>((resolve) => waiting.push(resolve));
      return items.splice(0, most);
    },
    close() {
      isOpen = false;
      wake();
    },
  };
}
