/** Where the server tells what went wrong: the editor's output channel. */
export interface Log {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * A handler that never fails: what it throws is logged under `name` and answered with `fallback`,
 * so that one bad document cannot end the session for all others.
 */
export function guarded<Parameters extends readonly unknown[], Result>(
  log: Log,
  name: string,
  fallback: Result,
  handler: (...parameters: Parameters) => Result | Promise<Result>,
): (...parameters: Parameters) => Promise<Result> {
  return async (...parameters) => {
    try {
      return await handler(...parameters);
    } catch (error) {
      log.error(`${name} failed: ${describe(error)}`);
      return fallback;
    }
  };
}
