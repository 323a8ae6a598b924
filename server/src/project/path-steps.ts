/** Folders and name of a path; steps that only say where to start from are left out. */
export function stepsOf(path: string): readonly string[] {
  return path.split(/[\\/]+/).filter((step) => !["", ".", ".."].includes(step));
}
