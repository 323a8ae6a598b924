/**
 * Flags of Node for the process of the language server. Judging 2,000 lines makes 5–15 MB of
 * objects for one version: with room for twice as much, no collection falls into a keystroke.
 */
export const SERVER_FLAGS: readonly string[] = ["--max-semi-space-size=32"];
