import { parseArgs } from "node:util";
import { parsedArguments } from "../parsed-arguments.ts";

export interface TrainOptions {
  readonly spec: string;
  readonly out?: string;
  readonly backend?: string;
  readonly set: readonly string[];
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly isUnlessDone: boolean;
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: "string" },
      backend: { type: "string" },
      set: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      "unless-done": { type: "boolean", default: false },
    },
  });
}

/** An {@link Error} says what is wrong with the arguments. */
export function trainOptions(args: readonly string[]): TrainOptions | Error {
  const parsed = parsedArguments(() => parse(args));
  if (parsed instanceof Error) return parsed;
  const { values, positionals } = parsed;
  const [spec, ...rest] = positionals;
  if (spec === undefined)
    return new Error("name an experiment file, for example shapes.normlens.yaml");
  if (rest.length > 0)
    return new Error(`one experiment file at a time; got also ${rest.join(", ")}`);
  return {
    spec,
    ...(values.out === undefined ? {} : { out: values.out }),
    ...(values.backend === undefined ? {} : { backend: values.backend }),
    set: values.set,
    isJson: values.json,
    isQuiet: values.quiet,
    isUnlessDone: values["unless-done"],
  };
}
