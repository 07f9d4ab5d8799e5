import type { Map as MapLibre } from "maplibre-gl";
import { element } from "../dom";
import type { Areas, Layer } from "../hotspot/layer";
import { boundsOf, centreOf } from "../hotspot/outline";
import { hexagonLayer, type View } from "../layers/hexagons";
import { restyle, style } from "../layers/style";
import type { Lang, Messages } from "../messages";
import { dark, light, type Palette } from "../palette";
import { addSwitch, cellAt, newMap, type Where } from "./canvas";
import { details } from "./inspector";
import { showNames } from "./names";
import { hasView, selectionIn, withSelection } from "./place";
import { ranking } from "./ranking";

// Shell is what the page gives the explorer to work with.
export interface Shell {
  host: HTMLElement; // holds the server's own map, which the live one replaces
  inspector: HTMLElement;
  cells: Layer;
  areas: Areas;
  lang: Lang;
  messages: Messages;
}

// openExplorer puts the live map into the page. It throws where the browser has
// no WebGL, and then the page is as it was.
export function openExplorer({ host, inspector, cells, areas, lang, messages }: Shell): void {
  const { text } = messages;
  const features = new Map(cells.features.map((f) => [f.properties.cell, f]));
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const palette = (): Palette => (prefersDark.matches ? dark : light);
  const view: View = { showsCold: false, selected: undefined };

  const map = replaceDrawnMap(host, (container) =>
    newMap(container, style(areas, cells, palette(), view), whereToLook(cells), messages),
  );
  showNames(map, areas);
  const repaint = () => {
    if (map.getLayer(hexagonLayer)) restyle(map, palette(), view); // the style has come
  };
  map.once("style.load", repaint);
  prefersDark.addEventListener("change", repaint);
  addSwitch(map, text("map.show_cold"), (isOn) => {
    view.showsCold = isOn;
    repaint();
  });

  const chosen = element("section", { class: "chosen" });
  const choose = (cell: string | undefined) => {
    const feature = features.get(cell ?? "");
    view.selected = feature?.properties.cell;
    history.replaceState(history.state, "", withSelection(location.hash, view.selected));
    const told = feature
      ? details(feature.properties, lang, messages)
      : [element("p", {}, text("map.choose"))];
    chosen.replaceChildren(element("h2", {}, text("map.chosen")), ...told);
    for (const button of inspector.querySelectorAll<HTMLElement>("button[data-cell]")) {
      button.setAttribute("aria-pressed", String(button.dataset.cell === view.selected));
    }
    repaint();
    if (feature) chosen.scrollIntoView({ block: "nearest" });
  };
  const chooseAndShow = (cell: string) => {
    choose(cell);
    const feature = features.get(cell);
    if (feature) map.panTo(centreOf(feature.geometry));
  };
  inspector.replaceChildren(chosen, ranking(cells, areas, messages, chooseAndShow));
  choose(selectionIn(location.hash));
  addEventListener("hashchange", () => choose(selectionIn(location.hash)));

  map.on("click", (event) => choose(cellAt(map, event.point)));
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor = cellAt(map, event.point) ? "pointer" : "";
  });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") choose(cellAt(map, map.project(map.getCenter())));
    if (event.key === "Escape") choose(undefined);
  });
}

// replaceDrawnMap makes a map over the one that the server has drawn. That one
// stays in the document, out of sight, because the legend's swatches are filled
// with its patterns.
function replaceDrawnMap(host: HTMLElement, make: (container: HTMLElement) => MapLibre): MapLibre {
  const container = element("div", { class: "map-live" });
  host.append(container);
  try {
    const map = make(container);
    for (const drawn of host.querySelectorAll(":scope > svg")) {
      drawn.classList.add("map-replaced");
      drawn.setAttribute("inert", "");
    }
    return map;
  } catch (error) {
    container.remove();
    throw error;
  }
}

const closeEnough = 13.5; // zoom at which a cell and its surroundings fill the map

// whereToLook is what the address says, else the chosen cell, else everything.
function whereToLook(cells: Layer): Where {
  if (hasView(location.hash)) return {};
  const selected = selectionIn(location.hash);
  const feature = cells.features.find((f) => f.properties.cell === selected);
  if (feature) return { center: centreOf(feature.geometry), zoom: closeEnough };
  const bounds = boundsOf(cells.features.map((f) => f.geometry));
  return bounds ? { bounds } : {};
}
