import type { BackendReport, MachineReport } from "../../../trainer/src/doctor/examine-backends.ts";
import type { CliCommand, CommandIo } from "../command.ts";
import { doctorAdvice } from "../doctor-advice.ts";
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
    if (isJson)
      io.out(`${JSON.stringify({ ...report, advice: doctorAdvice(report, platform) })}\n`);
    else io.out(reportText(report, platform, io));
    return report.chosen === undefined ? 1 : 0;
  },
};

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
    ...nvidiaText(report),
    choice(report),
    doctorAdvice(report, platform),
    "",
  ].join("\n");
}

function nvidiaText({ nvidiaGpus }: MachineReport): readonly string[] {
  if (nvidiaGpus === undefined) return [];
  return [`NVIDIA driver found: ${nvidiaGpus.join(", ") || "it does not name its GPU"}.`];
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
