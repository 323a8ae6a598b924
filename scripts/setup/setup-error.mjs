/** A failure of the set-up that the user can act on: its message says what and what to do. */
export class SetupError extends Error {}
