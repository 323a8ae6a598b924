/** Shapes of points; shape tells modalities apart, colour tells classes apart. */
export const POINT_SHAPES = ["circle", "triangle", "square", "diamond", "cross"] as const;
export type PointShape = (typeof POINT_SHAPES)[number];

const USUAL: Readonly<Record<string, PointShape>> = {
  image: "circle",
  text: "triangle",
  audio: "square",
};

/** Circle for images, triangle for text, square for audio; other modalities take what is left. */
export function modalityShapes(modalities: readonly string[]): ReadonlyMap<string, PointShape> {
  const taken = new Set(modalities.flatMap((name) => USUAL[name] ?? []));
  const free = POINT_SHAPES.filter((shape) => !taken.has(shape));
  let next = 0;
  return new Map(
    modalities.map((name) => {
      const usual = USUAL[name];
      if (usual !== undefined) return [name, usual];
      return [name, free[Math.min(next++, free.length - 1)] ?? "circle"];
    }),
  );
}

/** SVG path of a shape of area like a circle of `radius`, centred on the origin. */
export function shapePath(shape: PointShape, radius: number): string {
  const r = radius;
  switch (shape) {
    case "circle":
      return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
    case "triangle":
      return `M0 ${-1.2 * r}L${1.15 * r} ${0.85 * r}H${-1.15 * r}z`;
    case "square":
      return `M${-0.89 * r} ${-0.89 * r}h${1.78 * r}v${1.78 * r}h${-1.78 * r}z`;
    case "diamond":
      return `M0 ${-1.25 * r}L${1.25 * r} 0L0 ${1.25 * r}L${-1.25 * r} 0z`;
    default:
      return crossPath(r);
  }
}

function crossPath(r: number): string {
  const arm = 0.4 * r;
  const rest = 1.1 * r - arm;
  return `M${-arm} ${-1.1 * r}h${2 * arm}v${rest}h${rest}v${2 * arm}h${-rest}v${rest}h${-2 * arm}v${-rest}h${-rest}v${-2 * arm}h${rest}z`;
}
