const MAX_SLUG = 40;

/** `<utc-yyyymmdd-hhmmss>-<slug of the name>`, sorted by time when sorted as text. */
export function runId(started: Date, name: string): string {
  const stamp = started.toISOString().replaceAll(/[-:]/g, "").replace("T", "-").slice(0, 15);
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_SLUG)
    .replaceAll(/^-+|-+$/g, "");
  return `${stamp}-${slug === "" ? "run" : slug}`;
}
