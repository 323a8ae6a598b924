import type { Ir, SymbolIr } from "./ir.ts";

/** The nodes directly below a node. */
export function childrenOf(ir: Ir): readonly Ir[] {
  switch (ir.kind) {
    case "number":
    case "symbol":
      return [];
    case "unary":
    case "reduce":
    case "norm":
    case "size":
    case "slice":
      return [ir.operand];
    case "binary":
      return [ir.left, ir.right];
    case "put":
      return [ir.base, ir.value];
  }
}

/** The nodes below a node whose values matter, not their shapes alone. */
export function readBy(ir: Ir): readonly Ir[] {
  if (ir.kind === "size") return [];
  return ir.kind === "put" && ir.isZeroElsewhere ? [ir.value] : childrenOf(ir);
}

/** The symbols of an expression by key, without those whose shape alone is used. */
export function symbolsReadBy(ir: Ir, into = new Map<string, SymbolIr>()): Map<string, SymbolIr> {
  if (ir.kind === "symbol") into.set(ir.key, ir);
  for (const child of readBy(ir)) symbolsReadBy(child, into);
  return into;
}

/** Every symbol of an expression by key: what an evaluation must be given. */
export function allSymbolsOf(ir: Ir, into = new Map<string, SymbolIr>()): Map<string, SymbolIr> {
  if (ir.kind === "symbol") into.set(ir.key, ir);
  for (const child of childrenOf(ir)) allSymbolsOf(child, into);
  return into;
}

/** Adds the keys of everything that a value was computed from. */
export function addKeys(ir: Ir, into: Set<string>): void {
  if (ir.kind === "symbol") addKeysOf(ir, into);
  else for (const symbol of allSymbolsOf(ir).values()) addKeysOf(symbol, into);
}

function addKeysOf({ key, dependencies }: SymbolIr, into: Set<string>): void {
  into.add(key);
  for (const dependency of dependencies) into.add(dependency);
}

/** Whether the value of `ir` changes with the symbol `key`, itself or inside an opaque value. */
export function dependsOn(ir: Ir, key: string): boolean {
  switch (ir.kind) {
    case "number":
    case "size":
      return false;
    case "symbol":
      return ir.key === key || isHiddenIn(ir, key);
    case "binary":
      return dependsOn(ir.left, key) || dependsOn(ir.right, key);
    case "put":
      return (!ir.isZeroElsewhere && dependsOn(ir.base, key)) || dependsOn(ir.value, key);
    default:
      return dependsOn(ir.operand, key);
  }
}

/** Whether `ir` holds a value that was computed from the symbol `key` in a way that is not known. */
export function hidesDependencyOn(ir: Ir, key: string): boolean {
  if (ir.kind === "symbol") return ir.key !== key && isHiddenIn(ir, key);
  return readBy(ir).some((child) => hidesDependencyOn(child, key));
}

function isHiddenIn({ dependencies }: SymbolIr, key: string): boolean {
  const dot = key.indexOf(".");
  if (dependencies.has("*") || dependencies.has(key)) return true;
  return dot > 0 && dependencies.has(`${key.slice(0, dot)}.*`);
}

/** The same text for expressions that are built the same way from the same symbols. */
export function structuralKey(ir: Ir): string {
  const below = (): string => childrenOf(ir).map(structuralKey).join(",");
  switch (ir.kind) {
    case "number":
      return String(ir.value);
    case "symbol":
      return ir.key;
    case "unary":
    case "binary":
      return `${ir.operator}(${below()})`;
    case "reduce":
      return `${ir.operation}[${ir.axis},${ir.keepsAxis}](${below()})`;
    case "norm":
      return `norm[${ir.order}](${below()})`;
    case "size":
      return `size[${ir.axis}](${below()})`;
    case "slice":
      return `slice[${ir.axis},${ir.start},${ir.stop},${ir.dropsAxis}](${below()})`;
    case "put":
      return `put[${ir.start},${ir.stop},${ir.isZeroElsewhere}](${below()})`;
  }
}

/** `ir` with the symbols that `replacement` knows replaced; everything else stays shared. */
export function substitute(ir: Ir, replacement: (symbol: SymbolIr) => Ir | undefined): Ir {
  switch (ir.kind) {
    case "number":
      return ir;
    case "symbol":
      return replacement(ir) ?? ir;
    case "binary": {
      const left = substitute(ir.left, replacement);
      const right = substitute(ir.right, replacement);
      return left === ir.left && right === ir.right ? ir : { ...ir, left, right };
    }
    case "put": {
      const base = substitute(ir.base, replacement);
      const value = substitute(ir.value, replacement);
      return base === ir.base && value === ir.value ? ir : { ...ir, base, value };
    }
    default: {
      const operand = substitute(ir.operand, replacement);
      return operand === ir.operand ? ir : { ...ir, operand };
    }
  }
}
