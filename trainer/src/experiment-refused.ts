/** The experiment file, or a value that was to replace one of its own, cannot be trained. */
export class ExperimentRefused extends Error {
  /** One line per fault: `file:line:column: what is wrong; what is allowed`. */
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "ExperimentRefused";
    this.lines = lines;
  }
}
