import type { BackendReport, MachineReport } from "../../../trainer/src/doctor/examine-backends.ts";
import type { CliCommand, CommandIo } from "../command.ts";
import { textTable } from "../text-table.ts";

const HELP = `Usage: normlens doctor [--json]

Says what this machine can train with: every backend, whether it works, how many samples per second
it trains, which one \`backend: auto\` takes and why, and what would make training faster.

  --json   one JSON object instead of text

Exit code: 0 some backend works, 1 none does, 2 wrong usage.
`;

export const doctor: CliCommand = {
  name: "doctor",
  summary: "Tell what this machine can train with, and how fast",
  help: HELP,
  async run(args, io) {
    const isJson = args.includes("--json");
    const unknown = args.find((argument) => argument !== "--json");
    if (unknown !== undefined) {
      io.error(`normlens doctor: unknown option "${unknown}"\n\n${HELP}`);
      return 2;
    }
    // Loaded here, so that the other commands do not pay for the tensor library.
    const trainer = await import("../../../trainer/src/doctor/examine-backends.ts");
    if (!isJson) io.error("Training a small network on every backend…\n");
    const report = await trainer.examineBackends(io.signal);
    const platform = `${process.platform}-${process.arch}`;
    if (isJson) io.out(`${JSON.stringify({ ...report, advice: advice(report, platform) })}\n`);
    else io.out(reportText(report, platform, io));
    return report.chosen === undefined ? 1 : 0;
  },
};

/** Platforms that `npm run setup:tensorflow` has a wheel for. */
const TENSORFLOW_PLATFORMS: readonly string[] = ["linux-x64"];

function reportText(report: MachineReport, platform: string, { columns }: CommandIo): string {
  const rows = report.backends.map((backend) => [
    backend.name,
    backend.works ? Math.round(backend.samplesPerSecond).toLocaleString("en-US") : "–",
    backend.works ? backend.device : "does not work",
  ]);
  const table = textTable(["backend", "samples/s", "device"], rows, columns);
  const faults = report.backends.flatMap((backend) => (backend.works ? [] : [backend.why]));
  return [
    ...table,
    "",
    `Measured: ${report.model}, Adam.`,
    ...faults,
    choice(report),
    advice(report, platform),
    "",
  ].join("\n");
}

function choice({ chosen, backends }: MachineReport): string {
  if (chosen === undefined) return "Nothing works here, so nothing can be trained.";
  const measured = backends.filter((backend) => backend.works);
  const fastest = measured.reduce<Extract<BackendReport, { readonly works: true }> | undefined>(
    (best, one) =>
      best === undefined || one.samplesPerSecond > best.samplesPerSecond ? one : best,
    undefined,
  );
  const taken = `\`backend: auto\` takes ${chosen}, the first in this order that passes its self-test`;
  return fastest === undefined || fastest.name === chosen
    ? `${taken}.`
    : `${taken}; on this small network ${fastest.name} was faster, on larger ones ${chosen} is.`;
}

/** The one thing that would make training faster. */
function advice({ backends, hasNvidia }: MachineReport, platform: string): string {
  const tensorflow = backends.find(({ name }) => name === "tensorflow");
  if (tensorflow?.works === false) {
    return TENSORFLOW_PLATFORMS.includes(platform)
      ? "To train faster, run `npm run setup:tensorflow` or *NormLens: Install TensorFlow Backend* in the editor."
      : `Nothing would make it faster yet: the TensorFlow backend is not built for ${platform}.`;
  }
  return hasNvidia
    ? "The NVIDIA GPU of this machine is not used: the TensorFlow backend is the CPU build."
    : "Nothing that NormLens knows of would make it faster on this machine.";
}
