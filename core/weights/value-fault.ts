/** What is wrong with the values of one tensor, found while they are read. */
export class ValueFault extends Error {}
