/** Whether a file is one of NormLens's own experiments, read by a YAML 1.2 parser and its schema. */
export function isExperimentFile(path: string): boolean {
  return /\.normlens\.ya?ml$/i.test(path);
}
