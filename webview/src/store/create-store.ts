/** Holds the state, and tells listeners once per frame however many actions came in between. */
export interface Store<State, Action> {
  readonly state: () => State;
  readonly dispatch: (action: Action) => void;
  readonly subscribe: (listener: (state: State) => void) => () => void;
}

export function createStore<State, Action>(
  reduce: (state: State, action: Action) => State,
  initial: State,
  schedule: (run: () => void) => void,
): Store<State, Action> {
  let current = initial;
  let isScheduled = false;
  const listeners = new Set<(state: State) => void>();
  const notify = (): void => {
    isScheduled = false;
    for (const listener of listeners) listener(current);
  };
  return {
    state: () => current,
    dispatch(action) {
      const next = reduce(current, action);
      if (next === current) return;
      current = next;
      if (isScheduled) return;
      isScheduled = true;
      schedule(notify);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
