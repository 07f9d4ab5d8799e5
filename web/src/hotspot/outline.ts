import type { MultiPolygon, Polygon, Position } from "geojson";

// Outline is the ground of a cell or an area, in degrees.
export type Outline = Polygon | MultiPolygon;

// Box is west, south, east and north in degrees.
export type Box = [number, number, number, number];

// centreOf returns the mean of the vertices of an outline's first ring.
export function centreOf(outline: Outline): [number, number] {
  const open = polygonsOf(outline)[0]?.[0]?.slice(1) ?? []; // the last vertex repeats the first
  const mean = (axis: 0 | 1) => open.reduce((sum, p) => sum + (p[axis] ?? 0), 0) / open.length;
  return [mean(0), mean(1)];
}

// boundsOf returns the smallest box around the outlines, and undefined where
// there are none.
export function boundsOf(outlines: Outline[]): Box | undefined {
  let box: Box | undefined;
  for (const [x = 0, y = 0] of outlines.flatMap(polygonsOf).flat(2)) {
    box ??= [x, y, x, y];
    box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
  }
  return box;
}

// holds reports whether the point lies inside the outline and in none of its
// holes: a ray to the east then crosses its rings an odd number of times.
export function holds(outline: Outline, [x, y]: [number, number]): boolean {
  let isInside = false;
  for (const ring of polygonsOf(outline).flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [x1 = 0, y1 = 0] = ring[i - 1] ?? [];
      const [x2 = 0, y2 = 0] = ring[i] ?? [];
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) isInside = !isInside;
    }
  }
  return isInside;
}

function polygonsOf(outline: Outline): Position[][][] {
  return outline.type === "Polygon" ? [outline.coordinates] : outline.coordinates;
}
