import type { TrainingFiles } from "../../../core/weights/find-step-files.ts";
import type { Followed } from "./followed.ts";
import { type FilePlace, type ShownFile, type ShownFileDeps, showFile } from "./shown-file.ts";

interface Deps extends ShownFileDeps {
  /** Path of the file. */
  readonly file: string;
  /** The file that it is compared with. */
  readonly against?: string;
  /** Files of the same training. */
  findSteps(): Promise<TrainingFiles | undefined>;
  /** Names of a file's folder and of the file. */
  partsOf(path: string): readonly [string, string];
}

/** Shows a weight file, and the others of the same training when they are scrubbed to. */
export function followFile(deps: Deps): Followed {
  const { file, against } = deps;
  let training: TrainingFiles | undefined;
  let shown: ShownFile | undefined;
  let isClosed = false;
  const send: ShownFileDeps["send"] = (message) => {
    if (!isClosed) deps.send(message);
  };

  /** With its folder where another file has the same name. */
  function placeOf(path: string, others: readonly string[]): FilePlace {
    const [folder, name] = deps.partsOf(path);
    const isTaken = others.some((other) => other !== path && deps.partsOf(other)[1] === name);
    return { path, name: isTaken ? `${folder}/${name}` : name };
  }

  function show(path: string): void {
    shown?.close();
    const files = training?.files ?? [{ step: 0, path: file }];
    const step = files.find((one) => one.path === path)?.step ?? 0;
    const others = against === undefined ? [] : [against];
    shown = showFile(
      { ...deps, send },
      {
        run: file,
        file: placeOf(path, [...files.map((one) => one.path), ...others]),
        ...(against === undefined ? {} : { against: placeOf(against, [path]) }),
        steps: files.map((one) => one.step),
        step,
        ...(training === undefined ? {} : { stepWord: training.word }),
      },
    );
  }

  async function start(): Promise<void> {
    try {
      training = await deps.findSteps();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      send({ type: "run/problem", run: file, message: `Other steps: ${message}` });
    }
    if (!isClosed) show(file);
  }

  void start();
  return {
    request(request) {
      if (request.type === "weights/request-matrix") shown?.requestMatrix(request.layer);
      if (request.type !== "weights/request") return;
      const wanted = training?.files.find(({ step }) => step === request.step);
      if (wanted !== undefined) show(wanted.path);
    },
    // A file stands for itself.
    showOthers: () => undefined,
    close() {
      isClosed = true;
      shown?.close();
    },
  };
}
