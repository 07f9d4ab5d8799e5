import type { LayerSpecification } from "maplibre-gl";
import type { Palette } from "../palette";

// ground draws what lies beneath the hexagons: land, and the outlines of areas.
export function ground(palette: Palette): LayerSpecification[] {
  return [
    { id: "ground", type: "background", paint: { "background-color": palette.ground } },
    {
      id: "land",
      type: "fill",
      source: "areas",
      filter: ["==", ["get", "kind"], "study"],
      paint: { "fill-color": palette.land },
    },
    {
      id: "area-borders",
      type: "line",
      source: "areas",
      paint: {
        "line-color": palette.border,
        "line-width": ["match", ["get", "kind"], "study", 2, 1.2],
      },
    },
  ];
}
