/** A failure that the user can act on: shown as it is, without a stack. */
export class UserError extends Error {
  /** Stable name of the failure, for tests and for links into the manual. */
  readonly code: string;
  /** One thing that the user can do now, as an imperative sentence. */
  readonly nextStep: string;

  constructor(code: string, problem: string, nextStep: string) {
    super(`${problem}. ${nextStep}.`);
    this.name = "UserError";
    this.code = code;
    this.nextStep = nextStep;
  }
}
