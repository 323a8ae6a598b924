import { ZipMemberFault } from "../formats/zip-members.ts";

/** What is wrong with the values of one tensor, found while they are read. */
export class ValueFault extends Error {}

/** What is wrong with one tensor, so that the others can be read all the same; throws on any other error. */
export function valueProblem(error: unknown): string {
  if (error instanceof ValueFault || error instanceof ZipMemberFault) return error.message;
  throw error;
}
