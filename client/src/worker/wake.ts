/** A pause that can be cut short. */
export interface Wake {
  call(): void;
  /**
   * Resolves `maxMs` from now, or when called, but not before `minMs`; a call that came since the
   * last pause counts. Without `maxMs` it waits for a call.
   */
  pause(minMs: number, maxMs?: number): Promise<void>;
}

export function createWake(): Wake {
  let isCalled = false;
  let resume: (() => void) | undefined;
  return {
    call() {
      isCalled = true;
      resume?.();
    },
    async pause(minMs, maxMs) {
      await new Promise<void>((resolve) => setTimeout(resolve, minMs));
      if (!isCalled) {
        await new Promise<void>((resolve) => {
          const timer = maxMs === undefined ? undefined : setTimeout(resolve, maxMs - minMs);
          resume = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      resume = undefined;
      isCalled = false;
    },
  };
}
