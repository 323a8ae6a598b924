const HEADER_UNIT = 64;

/** A `.npy` file with a header of the given text, padded as NumPy pads it, and `data` behind it. */
export function npyOf(header: string, data: Uint8Array): Uint8Array {
  const used = 10 + header.length + 1;
  const padded = `${header}${" ".repeat((HEADER_UNIT - (used % HEADER_UNIT)) % HEADER_UNIT)}\n`;
  const file = Buffer.alloc(10 + padded.length + data.length);
  file.write("\x93NUMPY\x01\x00", "latin1");
  file.writeUInt16LE(padded.length, 8);
  file.write(padded, 10, "latin1");
  file.set(data, 10 + padded.length);
  return new Uint8Array(file);
}

/** A `.npy` file of binary64 numbers in rows. */
export function npyOfNumbers(values: readonly number[], shape: readonly number[]): Uint8Array {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  return npyOf(
    `{'descr': '<f8', 'fortran_order': False, 'shape': (${sides}), }`,
    new Uint8Array(Float64Array.from(values).buffer),
  );
}
