type Rgb = readonly [number, number, number];

/** `count` colours evenly along the stops, both ends among them; between stops they are mixed. */
export function colorRamp(stops: readonly Rgb[], count: number): Rgb[] {
  return Array.from({ length: count }, (_, index) => {
    const at = (index / Math.max(1, count - 1)) * (stops.length - 1);
    const below = stops[Math.floor(at)] ?? [0, 0, 0];
    const above = stops[Math.ceil(at)] ?? below;
    const mix = (channel: 0 | 1 | 2): number =>
      Math.round(below[channel] + (above[channel] - below[channel]) * (at - Math.floor(at)));
    return [mix(0), mix(1), mix(2)];
  });
}
