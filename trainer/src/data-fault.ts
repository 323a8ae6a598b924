import { systemFault } from "./system-fault.ts";
import { UserError } from "./user-error.ts";

/**
 * What is wrong with a data file.
 *
 * `place` is the file as the experiment names it, with the line or the row where there is one.
 */
export function dataFault(place: string, problem: string, nextStep: string): UserError {
  return new UserError("data", `${place}: ${problem}`, nextStep);
}

/** A data file that the operating system does not give. */
export function unreadable(place: string, error: unknown): UserError {
  return dataFault(
    place,
    `it cannot be read: ${systemFault(error)}`,
    "Check the path; it starts at the folder of the experiment file",
  );
}
