import { importedDefinition } from "../project/imported-definition.ts";
import type {
  ClassStatement,
  Expression,
  FunctionStatement,
  LambdaExpression,
} from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import { classWithBases, type LayerPlace, selfClass } from "./class-bases.ts";
import { valuesOfName } from "./placed-values.ts";
import { statementsOf } from "./statements-of.ts";
import { beyond, newTrail } from "./trail.ts";

/** What a call calls. */
export type Called =
  | { readonly kind: "library"; readonly name: string }
  | { readonly kind: "class"; readonly owner: ClassStatement; readonly place: LayerPlace }
  /** `place` is where the body stands, without what the call gives. */
  | { readonly kind: "function"; readonly made: FunctionStatement; readonly place: LayerPlace }
  | { readonly kind: "lambda"; readonly made: LambdaExpression; readonly place: LayerPlace };

/** All that an expression may call; none where the code does not tell. */
export function calledBy(
  callee: Expression,
  place: LayerPlace,
  trail = newTrail(),
): readonly Called[] {
  const further = beyond(trail, callee);
  if (further === undefined) return [];
  const next = (value: Expression, there: LayerPlace = place) => calledBy(value, there, further);
  switch (callee.kind) {
    case "name":
    case "attribute":
      return calledByName(callee, place, next);
    case "conditional":
      return [...next(callee.then), ...next(callee.otherwise)];
    case "lambda":
      return [{ kind: "lambda", made: callee, place }];
    case "subscript":
      return tableOf(callee.value, place).flatMap((value) => next(value));
    case "call": {
      const name = place.home.program.qualifiedName(callee.callee);
      const [first] = callee.arguments;
      const isPartial = name === "functools.partial" && first !== undefined;
      return isPartial ? next(first.value) : [];
    }
    default:
      return [];
  }
}

function calledByName(
  callee: Extract<Expression, { kind: "name" | "attribute" }>,
  place: LayerPlace,
  next: (value: Expression, there?: LayerPlace) => readonly Called[],
): readonly Called[] {
  const { home } = place;
  const name = home.program.qualifiedName(callee);
  if (name !== undefined) {
    const found = importedDefinition(name, home);
    if (found === undefined) return [{ kind: "library", name }];
    return [asCalled(found.statement, { home: found.home, around: [] })];
  }
  if (callee.kind === "attribute") return methodCalled(callee, place);
  const definition = home.program.definition(callee);
  if (definition?.kind === "defined") {
    const { statement } = definition;
    const isMade = statement.kind === "class" || statement.kind === "function";
    return isMade ? [asCalled(statement, { home, around: [] })] : [];
  }
  const values = valuesOfName(callee, place).flatMap((value) => next(value.value, value.place));
  return definition === undefined ? [...values, ...definedAs(callee.id, place)] : values;
}

/** All that a module defines under a name, where it cannot be told which of it is meant. */
function definedAs(id: string, { home }: LayerPlace): readonly Called[] {
  return statementsOf(home.program.module.body).flatMap(({ statement }) => {
    const isMade = statement.kind === "class" || statement.kind === "function";
    return isMade && statement.name === id ? [asCalled(statement, { home, around: [] })] : [];
  });
}

function asCalled(statement: ClassStatement | FunctionStatement, place: LayerPlace): Called {
  return statement.kind === "class"
    ? { kind: "class", owner: statement, place }
    : { kind: "function", made: statement, place: { ...place, around: [statement] } };
}

/** `self._make_layer`, of the class itself or of a base. */
function methodCalled(
  { value, attribute }: Extract<Expression, { kind: "attribute" }>,
  place: LayerPlace,
): readonly Called[] {
  const isOwn = value.kind === "name" && (value.id === "self" || value.id === "cls");
  const self = isOwn ? selfClass(place) : undefined;
  if (self === undefined) return [];
  for (const found of classWithBases(self.owner, self.place)) {
    const made = found.owner.body.findLast(
      (statement): statement is FunctionStatement =>
        statement.kind === "function" && statement.name === attribute,
    );
    if (made !== undefined) {
      const { home } = found.place;
      return [{ kind: "function", made, place: { home, around: [found.owner, made], self } }];
    }
  }
  return [];
}

/** The values of a dict that stands in sight: `BLOCKS[name](…)`. */
function tableOf(node: Expression, place: LayerPlace): readonly Expression[] {
  if (node.kind === "dict") return node.entries.map(({ value }) => value);
  if (node.kind !== "name") return [];
  return valuesOfName(node, place).flatMap(({ value }) =>
    value.kind === "dict" ? value.entries.map((entry) => entry.value) : [],
  );
}

/** What a function may return. */
export function returnedBy({ body }: FunctionStatement): readonly Expression[] {
  return statementsIn(body).flatMap((statement) =>
    statement.kind === "return" && statement.value !== undefined ? [statement.value] : [],
  );
}
