import { parseArgs } from "node:util";
import { parsedArguments } from "../parsed-arguments.ts";
import { varyOverride } from "./vary-override.ts";

export interface TrainOptions {
  /** Empty where a run is resumed. */
  readonly spec: string;
  /** Run folder to go on with. */
  readonly resume?: string;
  readonly out?: string;
  readonly backend?: string;
  readonly set: readonly string[];
  /** The file must be a sweep, or is made one. */
  readonly isSweep: boolean;
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
      vary: { type: "string", multiple: true, default: [] },
      resume: { type: "string" },
      json: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      "unless-done": { type: "boolean", default: false },
    },
  });
}

/** An {@link Error} says what is wrong with the arguments, of `train` or of `sweep`. */
export function trainOptions(
  args: readonly string[],
  { isSweep = false } = {},
): TrainOptions | Error {
  const parsed = parsedArguments(() => parse(args));
  if (parsed instanceof Error) return parsed;
  const { values, positionals } = parsed;
  const [spec, ...rest] = positionals;
  if (values.resume !== undefined) {
    const fault = resumeFault({ ...values, spec });
    if (fault !== undefined) return new Error(fault);
  } else if (spec === undefined) {
    return new Error("name an experiment file, for example shapes.normlens.yaml");
  }
  if (rest.length > 0)
    return new Error(`one experiment file at a time; got also ${rest.join(", ")}`);
  if (values.vary.length > 0 && !isSweep) {
    return new Error("--vary trains many times, which is what normlens sweep does");
  }
  const vary = varyOverride(values.vary);
  if (vary instanceof Error) return vary;
  return {
    spec: spec ?? "",
    ...(values.resume === undefined ? {} : { resume: values.resume }),
    ...(values.out === undefined ? {} : { out: values.out }),
    ...(values.backend === undefined ? {} : { backend: values.backend }),
    set: [...values.set, ...vary],
    isSweep,
    isJson: values.json,
    isQuiet: values.quiet,
    isUnlessDone: values["unless-done"],
  };
}

/** A resumed run goes on as it was begun: what would change it has no place beside it. */
function resumeFault(given: {
  readonly spec: string | undefined;
  readonly out?: string | undefined;
  readonly backend?: string | undefined;
  readonly set: readonly string[];
  readonly vary: readonly string[];
}): string | undefined {
  if (given.spec !== undefined) {
    return `--resume takes the run's own copy of its experiment file; leave out ${given.spec}`;
  }
  const other = (["out", "backend", "set", "vary"] as const).find(
    (name) => (given[name] ?? []).length > 0,
  );
  return other === undefined
    ? undefined
    : `--resume goes on as the run began; leave out --${other}`;
}
