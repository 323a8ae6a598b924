import { formatCount, formatFixed, formatScientific } from "./number-format.ts";
import { tickDecimals } from "./ticks.ts";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Labels of linear ticks, all with the same decimals: "0.0", "0.2"; "1 500"; "2e-5" when tiny. */
export function formatTicks(ticks: readonly number[]): string[] {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  if (largest !== 0 && (largest < 1e-3 || largest >= 1e7)) {
    return ticks.map((tick) => (tick === 0 ? "0" : formatScientific(tick)));
  }
  const decimals = tickDecimals(ticks);
  return ticks.map((tick) => (decimals === 0 ? formatCount(tick) : formatFixed(tick, decimals)));
}

/** "10⁻²" for powers of ten, the plain number for what lies between. */
export function formatLogTick(tick: number): string {
  const power = Math.round(Math.log10(tick));
  if (Math.abs(tick / 10 ** power - 1) > 1e-9) return String(Number(tick.toPrecision(2)));
  if (power >= -1 && power <= 3) return formatTicks([tick])[0] ?? "";
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)] ?? "");
  return `10${power < 0 ? "⁻" : ""}${digits.join("")}`;
}
