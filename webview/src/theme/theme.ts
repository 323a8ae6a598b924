import type { FillDepth, InkColor } from "../layout/figure.ts";

/** Colours as a canvas takes them, read from the style sheet for the theme that is on. */
export interface Theme {
  readonly background: string;
  /** What plots of points lie on. */
  readonly raised: string;
  readonly grid: string;
  readonly axis: string;
  /** Of what is exactly zero, and of the ground that it stands on. */
  readonly neutral: string;
  readonly track: string;
  readonly error: string;
  readonly warning: string;
  readonly ink: (color: InkColor) => string;
  readonly fill: (color: InkColor, depth: FillDepth) => string;
  /** Stops of the sequential scale, low first. */
  readonly ramp: readonly string[];
  /** CSS font of tick labels, 11 px. */
  readonly tickFont: string;
}

/** As many as the style sheet names. */
const RAMP_STOPS = 5;

/** Reads the colours once; a new theme needs a new reading, see {@link watchTheme}. */
export function readTheme(): Theme {
  const resolve = colorResolver();
  const cache = new Map<string, string>();
  const cached = (value: string): string => {
    const known = cache.get(value) ?? resolve(value);
    cache.set(value, known);
    return known;
  };
  const depths = getComputedStyle(document.body);
  return {
    background: cached("var(--nl-background)"),
    raised: cached("var(--nl-raised)"),
    grid: cached("var(--nl-grid)"),
    axis: cached("var(--nl-axis)"),
    neutral: cached("var(--nl-neutral)"),
    track: cached("var(--nl-track)"),
    error: cached("var(--nl-error)"),
    warning: cached("var(--nl-warning)"),
    ink: (color) => cached(`var(--nl-${color})`),
    fill: (color, depth) => {
      const percent = depths.getPropertyValue(`--nl-depth-${depth}`).trim() || "16%";
      return cached(`color-mix(in srgb, var(--nl-${color}) ${percent}, transparent)`);
    },
    ramp: Array.from({ length: RAMP_STOPS }, (_, index) => cached(`var(--nl-ramp-${index})`)),
    tickFont: `11px ${depths.fontFamily || "sans-serif"}`,
  };
}

/** A canvas knows no `var()`; the computed colour of an element does. */
function colorResolver(): (value: string) => string {
  return (value) => {
    const probe = document.createElement("span");
    probe.style.color = value;
    document.body.append(probe);
    const resolved = getComputedStyle(probe).color;
    probe.remove();
    return resolved;
  };
}

/** Calls back when VS Code puts another theme on; returns what ends it. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["style", "class"],
  });
  return () => observer.disconnect();
}
