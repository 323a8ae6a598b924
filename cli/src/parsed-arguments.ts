/** What `parse` makes of a command's arguments, or the {@link Error} that says what is wrong with them. */
export function parsedArguments<Parsed>(parse: () => Parsed): Parsed | Error {
  try {
    return parse();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
