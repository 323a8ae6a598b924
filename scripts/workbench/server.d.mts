export function startWorkbench(options: {
  readonly home: string;
  readonly workspace: string;
  readonly vsix: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}): Promise<{
  /** Good for one visit. */
  readonly address: string;
  stop(): Promise<void>;
}>;
