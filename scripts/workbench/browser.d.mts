export const BROWSER_ARGUMENTS: readonly string[];
export function findBrowser(): {
  readonly executablePath?: string;
  readonly env?: Record<string, string>;
  readonly obstacle?: string;
};
