/** Values that arrive on their own time, read one by one. */
export interface Mailbox<Value> {
  post(value: Value): void;
  next(): Promise<Value>;
}

export function mailbox<Value>(): Mailbox<Value> {
  const arrived: Value[] = [];
  const waiting: ((value: Value) => void)[] = [];
  return {
    post(value) {
      const reader = waiting.shift();
      if (reader === undefined) arrived.push(value);
      else reader(value);
    },
    next() {
      const [value] = arrived.splice(0, 1);
      return value === undefined
        ? new Promise((resolve) => waiting.push(resolve))
        : Promise.resolve(value);
    },
  };
}
