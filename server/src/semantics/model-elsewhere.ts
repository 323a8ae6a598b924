import { type RegularizerFact, regularizersOf } from "../facts/regularizer.ts";
import { type Home, importedModule } from "../project/imported-definition.ts";
import type { Expression } from "../syntax/python/ast.ts";
import { modelOrigin, type Place } from "./model-origin.ts";
import { classView, type ModelView } from "./model-view.ts";
import { programIndex } from "./program-index.ts";

/** A model whose class another file of the workspace defines. */
export interface ModelElsewhere {
  /** Its nodes are of that file. */
  readonly view: ModelView;
  readonly home: Home;
}

/** The model that an expression stands for, where its class is imported from the workspace. */
export function modelElsewhere(model: Expression, place: Place): ModelElsewhere | undefined {
  const origin = modelOrigin(model, place);
  if (origin?.kind !== "class") return undefined;
  const { home } = origin.place;
  if (home.program === place.home.program) return undefined;
  return { view: classView(origin.owner, home.program), home };
}

/** What works against overfitting in the files of the workspace that this one imports. */
export function importedRegularizers(home: Home): readonly RegularizerFact[] {
  const modules = programIndex(home.program).imports.flatMap(({ names }) =>
    names.flatMap(({ module, name }) =>
      // `from . import data` names a file.
      /^\.+$/.test(module) && name !== undefined ? [`${module}${name}`] : [module],
    ),
  );
  return [...new Set(modules)].flatMap((module) => {
    const there = importedModule(module, home);
    return there === undefined ? [] : regularizersOf(there.program);
  });
}
