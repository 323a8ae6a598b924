import type { FromRunWorker, ToRunWorker } from "../../../core/protocol/run-worker.ts";
import { createRunList, type RunList } from "../../../core/runs/run-list.ts";

type ListMessage = Extract<FromRunWorker, { type: "list" }>;
type ListRequest = Extract<ToRunWorker, { type: "list" | "list-running" }>;

/** While a long list is being read, what has come of it is shown this often. */
const SHOWN_EVERY_MS = 300;

/** The runs as the worker last told of them. */
export interface ListedRuns {
  /** Looks at all runs below `roots`; calls that come while others wait share their look. */
  refresh(roots: readonly string[]): Promise<RunList>;
  /** Looks at the runs in progress. */
  refreshRunning(): Promise<RunList>;
  take(message: ListMessage): void;
  /** Answers whoever waits with what there is. */
  giveUp(): void;
}

interface Deps {
  request(message: ListRequest): void;
  /** Told of the list when it has changed: its newest runs at once, the rest as it comes. */
  onChange(list: RunList): void;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
}

interface Waiting {
  readonly id: number;
  readonly isWhole: boolean;
  readonly answer: Promise<RunList>;
  resolve(list: RunList): void;
}

export function createListedRuns({ request, onChange, now }: Deps): ListedRuns {
  const list = createRunList();
  const waiting: Waiting[] = [];
  let lastId = 0;
  let told = list.all();
  let toldMs = Number.NEGATIVE_INFINITY;

  function ask(isWhole: boolean, message: (id: number) => ListRequest): Promise<RunList> {
    // The first is being answered and may have passed by what the caller wants to see.
    const shared = waiting.slice(1).find((other) => other.isWhole === isWhole);
    if (shared !== undefined) return shared.answer;
    lastId += 1;
    const { promise, resolve } = withResolver();
    waiting.push({ id: lastId, isWhole, answer: promise, resolve });
    request(message(lastId));
    return promise;
  }

  function tell(): void {
    const current = list.all();
    if (current === told) return;
    told = current;
    toldMs = now();
    onChange(current);
  }

  return {
    refresh: (roots) => ask(true, (id) => ({ type: "list", id, roots })),
    refreshRunning: () => ask(false, (id) => ({ type: "list-running", id })),
    take(message) {
      list.apply(message);
      if (message.isLast || now() - toldMs >= SHOWN_EVERY_MS) tell();
      if (!message.isLast) return;
      const index = waiting.findIndex(({ id }) => id === message.id);
      for (const { resolve } of index < 0 ? [] : waiting.splice(index, 1)) resolve(list.all());
    },
    giveUp() {
      for (const { resolve } of waiting.splice(0)) resolve(list.all());
    },
  };
}

function withResolver() {
  let resolve: (list: RunList) => void = () => undefined;
  const promise = new Promise<RunList>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
