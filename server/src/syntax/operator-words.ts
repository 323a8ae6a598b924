/** What an operand may end with. */
const OPERAND_ENDS = [..."abcdefghijklmnopqrstuvwxyz0123456789_)]"];

/** Words for an operator between operands: not the `**` of `f(**options)`, not the `@` of a decorator. */
export const operatorWords = (sign: string): readonly string[] => [
  `${sign} `,
  ...OPERAND_ENDS.flatMap((end) => [end + sign, `${end} ${sign}`]),
];
