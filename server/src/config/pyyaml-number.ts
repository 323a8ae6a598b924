/**
 * How PyYAML 6 resolves plain scalars to numbers (YAML 1.1 with its own float pattern).
 *
 * A float needs a dot in its mantissa and a sign in its exponent, so `1e-2`, `1.0e5` and `-.5` are
 * text. The pattern was compared with PyYAML 6.0.3 on random scalars.
 */
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const INTEGER =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;

/** YAML 1.2 core schema, decimal numbers only. */
const YAML_1_2_DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

export function isPyyamlFloat(text: string): boolean {
  return FLOAT.test(text);
}

export function isPyyamlNumber(text: string): boolean {
  return FLOAT.test(text) || INTEGER.test(text);
}

/** A decimal number as people and YAML 1.2 read it; `undefined` for anything else. */
export function decimalNumber(text: string): number | undefined {
  return YAML_1_2_DECIMAL.test(text) ? Number(text) : undefined;
}

/** Whether `text` is a float for YAML 1.2 and for its reader, but text for PyYAML. */
export function isFloatLostToPyyaml(text: string): boolean {
  return /[.eE]/.test(text) && decimalNumber(text) !== undefined && !isPyyamlNumber(text);
}

/** What PyYAML misses in a float that it reads as text. */
export function pyyamlFloatFault(text: string): string {
  const mantissa = text.split(/[eE]/)[0] ?? "";
  if (/^[-+]\./.test(mantissa)) return "there is no digit between the sign and the dot";
  const faults = [
    ...(mantissa.includes(".") ? [] : ["the mantissa has no dot"]),
    ...(/[eE][0-9]/.test(text) ? ["the exponent has no sign"] : []),
  ];
  return faults.join(" and ");
}

/**
 * The same number, written so that PyYAML and every other YAML reader take it as a float:
 * `1e-2` becomes `1.0e-2`, `1e5` becomes `1.0e+5`, `-.5` becomes `-0.5`.
 * `undefined` for text that is no decimal number.
 */
export function portableFloat(text: string): string | undefined {
  const parts = /^([-+]?)([0-9]*)(?:\.([0-9]*))?(?:([eE])([-+]?)([0-9]+))?$/.exec(text);
  if (parts === null || decimalNumber(text) === undefined) return undefined;
  const [, sign = "", whole = "", fraction = "", marker, exponentSign, exponent] = parts;
  const mantissa = `${sign}${whole === "" ? "0" : whole}.${fraction === "" ? "0" : fraction}`;
  if (marker === undefined || exponent === undefined) return mantissa;
  return `${mantissa}${marker}${exponentSign === "" ? "+" : exponentSign}${exponent}`;
}
