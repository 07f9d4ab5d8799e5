import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { type Class, classes, isCold } from "../hotspot/class";
import type { Paint, Palette } from "../palette";
import { patternName } from "./pattern";

// View is what somebody has chosen to see.
export interface View {
  showsCold: boolean; // otherwise quiet areas look like "no clear difference"
  selected: string | undefined; // H3 index
}

// hexagonLayer is the layer whose features are the drawn cells.
export const hexagonLayer = "hexagons";

// hexagons draws the cells: fill and pattern by class, outlines so that the
// stronger class wins where two cells meet, and the chosen cell on top.
export function hexagons(palette: Palette, view: View): LayerSpecification[] {
  const paintOf = (c: Class): Paint => palette.classes[isCold(c) && !view.showsCold ? "none" : c];
  const isSelected: ExpressionSpecification = ["==", ["get", "cell"], view.selected ?? ""];
  return [
    {
      id: hexagonLayer,
      type: "fill",
      source: "cells",
      paint: { "fill-color": byClass((c) => paintOf(c).fill), "fill-antialias": false },
    },
    ...classes.flatMap((c): LayerSpecification[] => {
      const { pattern } = palette.classes[c];
      if (!pattern) return [];
      return [
        {
          id: `pattern-${c}`,
          type: "fill",
          source: "cells",
          filter: ["==", ["get", "class"], c],
          paint: {
            "fill-pattern": patternName(pattern),
            "fill-opacity": paintOf(c).pattern ? 1 : 0,
          },
        },
      ];
    }),
    {
      id: "hexagon-outlines",
      type: "line",
      source: "cells",
      layout: { "line-join": "round", "line-sort-key": byClass((c) => palette.classes[c].width) },
      paint: {
        "line-color": byClass((c) => paintOf(c).outline),
        "line-width": byClass((c) => paintOf(c).width),
      },
    },
    {
      id: "selection-casing",
      type: "line",
      source: "cells",
      filter: isSelected,
      layout: { "line-join": "round" },
      paint: { "line-color": palette.casing, "line-width": 7 },
    },
    {
      id: "selection",
      type: "line",
      source: "cells",
      filter: isSelected,
      layout: { "line-join": "round" },
      paint: { "line-color": palette.selection, "line-width": 3 },
    },
  ];
}

// byClass is the expression that picks a value by a cell's class; a class that
// is not known counts as undefined.
function byClass<T extends string | number>(value: (c: Class) => T): ExpressionSpecification {
  const [first, ...others] = classes;
  const branches = others.flatMap((c) => [c, value(c)]);
  return ["match", ["get", "class"], first, value(first), ...branches, value("undefined")];
}
