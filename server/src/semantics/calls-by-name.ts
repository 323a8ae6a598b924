import { type CallSite, programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

const indexes = new WeakMap<PythonProgram, ReadonlyMap<string, readonly CallSite[]>>();

/** Calls whose callee ends in a name, `fit` for `model.fit(…)`, in source order. */
export function callsNamed(name: string, program: PythonProgram): readonly CallSite[] {
  const index = indexes.get(program) ?? indexOf(program);
  indexes.set(program, index);
  return index.get(name) ?? [];
}

function indexOf(program: PythonProgram): ReadonlyMap<string, readonly CallSite[]> {
  const sites = new Map<string, CallSite[]>();
  for (const site of programIndex(program).calls) {
    if (site.name === undefined) continue;
    const known = sites.get(site.name);
    if (known === undefined) sites.set(site.name, [site]);
    else known.push(site);
  }
  return sites;
}
