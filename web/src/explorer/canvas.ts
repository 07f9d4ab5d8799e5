import {
  Map as MapLibre,
  type MapOptions,
  NavigationControl,
  type PointLike,
  ScaleControl,
  type StyleSpecification,
} from "maplibre-gl";
import { element } from "../dom";
import { hexagonLayer } from "../layers/hexagons";
import { addPattern } from "../layers/pattern";
import type { Messages } from "../messages";
import { dark, light } from "../palette";

// Where is the ground that a map opens with, unless the address says.
export type Where = Pick<MapOptions, "bounds" | "center" | "zoom">;

// newMap draws a style in the container, with the buttons that every map needs.
// It throws where the browser has no WebGL.
export function newMap(
  container: HTMLElement,
  style: StyleSpecification,
  where: Where,
  { text }: Messages,
): MapLibre {
  const map = new MapLibre({
    ...where,
    container,
    style,
    hash: "v",
    fitBoundsOptions: { padding: { top: 72, right: 16, bottom: 40, left: 16 } }, // room for controls
    attributionControl: false, // nothing on the map is anybody else's
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    rollEnabled: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    maxZoom: 18,
    locale: {
      "Map.Title": text("map.canvas"),
      "NavigationControl.ZoomIn": text("map.zoom_in"),
      "NavigationControl.ZoomOut": text("map.zoom_out"),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl(), "bottom-left");
  map.once("style.load", () => {
    const paints = [light, dark].flatMap((palette) => Object.values(palette.classes));
    for (const { pattern } of paints) if (pattern) addPattern(map, pattern);
  });
  map.once("idle", () => {
    const drawn = map.queryRenderedFeatures({ layers: [hexagonLayer] });
    const cells = new Set(drawn.map((f) => f.properties.cell));
    document.documentElement.dataset.mapReady = String(cells.size);
  });
  return map;
}

// cellAt returns the cell that is drawn at a point of the canvas.
export function cellAt(map: MapLibre, point: PointLike): string | undefined {
  if (!map.getLayer(hexagonLayer)) return undefined; // the style is still to come
  return map.queryRenderedFeatures(point, { layers: [hexagonLayer] })[0]?.properties.cell;
}

// addSwitch puts a checkbox on the map and calls turn with each change.
export function addSwitch(map: MapLibre, words: string, turn: (isOn: boolean) => void): void {
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => turn(box.checked));
  const label = element("label", { class: "maplibregl-ctrl map-switch" }, box, words);
  map.addControl({ onAdd: () => label, onRemove: () => label.remove() }, "top-left");
}
