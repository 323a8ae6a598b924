/** Questions of one kind to another process, each with a number that its answer repeats. */
export interface Questions<Value> {
  /** Rejects with the text that is given in the place of an answer. */
  ask(send: (id: number) => void): Promise<Value>;
  /** Passes an answer on; one that nobody waits for is dropped. */
  answer(id: number, value: Value | string): void;
  /** Nobody answers any more. */
  giveUp(reason: string): void;
}

export function questions<Value extends object>(): Questions<Value> {
  const waiting = new Map<number, (value: Value | string) => void>();
  let last = 0;
  const answer = (id: number, value: Value | string): void => {
    waiting.get(id)?.(value);
    waiting.delete(id);
  };
  return {
    async ask(send) {
      last += 1;
      const id = last;
      const value = await new Promise<Value | string>((resolve) => {
        waiting.set(id, resolve);
        send(id);
      });
      if (typeof value === "string") throw new Error(value);
      return value;
    },
    answer,
    giveUp(reason) {
      for (const id of waiting.keys()) answer(id, reason);
    },
  };
}
