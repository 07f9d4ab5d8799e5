import type { FeatureCollection } from "geojson";
import type { Class } from "./class";
import type { Outline } from "./outline";

// Cell is what the server tells about one hexagon. Statistics that are
// undefined are null.
export interface Cell {
  cell: string; // H3 index
  count: number; // incidents in the cell
  sum: number; // incidents in the cell and its neighbours inside the study area
  expected: number; // what sum would usually be
  n_neighbours: number; // neighbours inside the study area, 0–6
  area_km2: number;
  rate: number; // incidents per km²
  gistar_z: number | null;
  gistar_p: number | null; // two-sided
  gistar_p_fdr: number | null; // after Benjamini–Hochberg over all cells
  class: Class;
  rank: number | null; // 1 is the highest z
  edge: boolean; // some neighbour lies outside the study area
}

// Layer is the hexagons of a study area, in H3 order.
export type Layer = FeatureCollection<Outline, Cell>;

// Area is a named part of the ground.
export interface Area {
  name: string;
  kind: "study" | "sector" | "jurisdiction";
  synthetic: boolean; // made up for the demo
}

// nameOf returns an area's name without the mark that a synthetic one carries,
// because the page says so in its banner.
export function nameOf({ name, synthetic }: Area): string {
  return synthetic ? name.replace(/ \(demo\)$/, "") : name;
}

export type Areas = FeatureCollection<Outline, Area>;

export const noAreas: Areas = { type: "FeatureCollection", features: [] };

// Problem is a request that the server refused, in the server's own words
// (RFC 9457), or that never reached it.
export class Problem extends Error {
  readonly title: string;

  constructor(title: string, detail: string) {
    super(detail);
    this.title = title;
  }
}

// fetchGeoJSON reads a feature collection and throws a Problem when there is
// none to read.
export async function fetchGeoJSON<T extends Layer | Areas>(url: string): Promise<T> {
  const response = await fetch(url, { headers: { Accept: "application/geo+json" } }).catch(
    (cause: unknown) => {
      throw new Problem("", String(cause));
    },
  );
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

async function problemOf(response: Response): Promise<Problem> {
  const status = `${response.status} ${response.statusText}`.trim();
  const told = await response.json().catch(() => ({}));
  return new Problem(told.title ?? status, told.detail ?? "");
}
