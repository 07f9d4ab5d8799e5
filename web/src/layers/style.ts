import type { LayerSpecification, Map as MapLibre, StyleSpecification } from "maplibre-gl";
import type { Areas, Layer } from "../hotspot/layer";
import type { Palette } from "../palette";
import { ground } from "./ground";
import { hexagons, type View } from "./hexagons";

// style is the whole map: no glyphs, sprites or tiles, so that nothing is asked
// of anybody.
export function style(
  areas: Areas,
  cells: Layer,
  palette: Palette,
  view: View,
): StyleSpecification {
  return {
    version: 8,
    sources: {
      areas: { type: "geojson", data: areas },
      cells: { type: "geojson", data: cells },
    },
    layers: layers(palette, view),
  };
}

// restyle repaints a map that style made, leaving its data where they are.
export function restyle(map: MapLibre, palette: Palette, view: View): void {
  for (const layer of layers(palette, view)) {
    for (const [name, value] of Object.entries(layer.paint ?? {})) {
      map.setPaintProperty(layer.id, name as PaintProperty, value);
    }
    if ("filter" in layer) map.setFilter(layer.id, layer.filter);
  }
}

type PaintProperty = Parameters<MapLibre["setPaintProperty"]>[1];

function layers(palette: Palette, view: View): LayerSpecification[] {
  return [...ground(palette), ...hexagons(palette, view)];
}
