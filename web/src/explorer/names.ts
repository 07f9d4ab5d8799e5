import { type Map as MapLibre, Marker } from "maplibre-gl";
import { element } from "../dom";
import { classes, isHot } from "../hotspot/class";
import { type Areas, nameOf } from "../hotspot/layer";
import { boundsOf, centreOf, holds, type Outline } from "../hotspot/outline";
import { hexagonLayer } from "../layers/hexagons";

// showNames writes the sectors' names on the map, in HTML so that no font is
// fetched. After each move a name goes where it fits into its sector and covers
// neither a hot cell nor another name, and is hidden where there is no such place.
export function showNames(map: MapLibre, areas: Areas): void {
  const sectors = areas.features.filter((area) => area.properties.kind === "sector");
  const names = sectors.map(({ geometry, properties }) => {
    const text = element("span", { class: "area-name" }, nameOf(properties));
    // The marker moves its element, so what is hidden is inside it.
    const holder = element("div", { class: "area-name-holder", "aria-hidden": "true" }, text);
    const marker = new Marker({ element: holder }).setLngLat(centreOf(geometry)).addTo(map);
    return { text, marker, geometry, places: placesIn(geometry) };
  });
  const arrange = () => {
    const taken: Box[] = [];
    for (const { text, marker, geometry, places } of names) {
      const found = places.find((place) => {
        const { x, y } = map.project(place);
        const box = boxAround(x, y, text.offsetWidth, text.offsetHeight);
        const isFree =
          text.offsetWidth <= widthOf(map, geometry) &&
          isInFrame(map, box) &&
          !coversHotCell(map, box) &&
          taken.every((other) => areApart(box, other));
        if (isFree) taken.push(box);
        return isFree;
      });
      if (found) marker.setLngLat(found);
      text.style.visibility = found ? "visible" : "";
    }
  };
  map.on("idle", arrange);
}

// Box is left, top, right and bottom in pixels of the map.
type Box = [number, number, number, number];

function boxAround(x: number, y: number, width: number, height: number): Box {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

// placesIn returns where a sector's name may stand: its centre, else above or
// below it.
function placesIn(sector: Outline): [number, number][] {
  const [x, y] = centreOf(sector);
  const [, south, , north] = boundsOf([sector]) ?? [0, 0, 0, 0];
  return [0, 0.15, -0.15, 0.3, -0.3]
    .map((part): [number, number] => [x, y + part * (north - south)])
    .filter((place) => holds(sector, place));
}

function widthOf(map: MapLibre, sector: Outline): number {
  const [west, south, east] = boundsOf([sector]) ?? [0, 0, 0, 0];
  return map.project([east, south]).x - map.project([west, south]).x;
}

function isInFrame(map: MapLibre, [left, top, right, bottom]: Box): boolean {
  const { clientWidth, clientHeight } = map.getContainer();
  return left >= 0 && top >= 0 && right <= clientWidth && bottom <= clientHeight;
}

function coversHotCell(map: MapLibre, [left, top, right, bottom]: Box): boolean {
  const covered = map.queryRenderedFeatures(
    [
      [left, top],
      [right, bottom],
    ],
    {
      layers: [hexagonLayer],
      filter: ["in", ["get", "class"], ["literal", classes.filter(isHot)]],
    },
  );
  return covered.length > 0;
}

function areApart(a: Box, b: Box): boolean {
  return a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1];
}
