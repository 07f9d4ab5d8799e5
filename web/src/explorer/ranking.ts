import { element } from "../dom";
import { isHot } from "../hotspot/class";
import { type Areas, type Layer, nameOf } from "../hotspot/layer";
import { centreOf, holds } from "../hotspot/outline";
import type { Messages } from "../messages";
import { badge } from "./badge";

const mostListed = 20;

// ranking lists the hottest cells as buttons: the map without a pointer. The
// arrow keys move along the list, and choose is called with the cell pressed.
export function ranking(
  cells: Layer,
  areas: Areas,
  messages: Messages,
  choose: (cell: string) => void,
): HTMLElement {
  const { text } = messages;
  const hot = cells.features
    .filter((f) => isHot(f.properties.class))
    .sort((a, b) => (a.properties.rank ?? 0) - (b.properties.rank ?? 0));
  const title = element("h2", { id: "ranking-title" }, text("map.ranking"));
  // The inspector around it is a live region; the list is not news.
  const section = element(
    "section",
    { class: "ranking", "aria-labelledby": "ranking-title", "aria-live": "off" },
    title,
  );
  if (hot.length === 0) {
    section.append(element("p", {}, text("map.no_hot_cells")));
    return section;
  }
  const listed = hot.slice(0, mostListed);
  if (listed.length < hot.length) {
    const note = text("map.ranking_cut", { shown: listed.length, n: hot.length });
    section.append(element("p", { class: "muted" }, note));
  }
  const list = element("ol", {});
  for (const cell of listed) list.append(element("li", {}, button(cell, areas, messages)));
  list.addEventListener("click", (event) => {
    const cell = (event.target as Element).closest("button")?.dataset.cell;
    if (cell) choose(cell);
  });
  list.addEventListener("keydown", moveAlong);
  section.append(list);
  return section;
}

function button(
  { geometry, properties: cell }: Layer["features"][number],
  areas: Areas,
  { text, whole, rough }: Messages,
): HTMLElement {
  const centre = centreOf(geometry);
  const sector = areas.features.find(
    (area) => area.properties.kind === "sector" && holds(area.geometry, centre),
  );
  const name = sector ? nameOf(sector.properties) : cell.cell;
  const words = element("span", { class: "unseen" }, text(`class.${cell.class}`));
  const counted = text("map.counted", { n: cell.sum, expected: rough(cell.expected) });
  return element(
    "button",
    { type: "button", "data-cell": cell.cell },
    element("strong", {}, `${whole(cell.rank ?? 0)} · ${name}`),
    element("span", { class: "counted" }, badge(cell.class, words), ` ${counted}`),
  );
}

function moveAlong(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const buttons = [...(event.currentTarget as Element).querySelectorAll("button")];
  const next = buttons[buttons.indexOf(event.target as HTMLButtonElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
