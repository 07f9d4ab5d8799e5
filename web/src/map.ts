// The entry of the map page: takes over the shell that the server has drawn,
// or leaves it as it is and says why.

import { GPUInitializationError, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import "./map.css";
import { element } from "./dom";
import { openExplorer } from "./explorer/explorer";
import { keepOnLanguageSwitch } from "./explorer/place";
import { type Areas, fetchGeoJSON, type Layer, noAreas, Problem } from "./hotspot/layer";
import { type Lang, loadMessages, type Messages } from "./messages";

setWorkerUrl(workerUrl);
keepOnLanguageSwitch();
const host = document.querySelector<HTMLElement>("#map");
const inspector = document.querySelector<HTMLElement>("#inspector");
if (host && inspector) await start(host, inspector);

async function start(host: HTMLElement, inspector: HTMLElement): Promise<void> {
  const lang: Lang = host.dataset.lang === "en" ? "en" : "es";
  const messages = await loadMessages(lang);
  const note = element("div", { class: "map-note", role: "status" });
  host.prepend(note);
  const load = async () => {
    note.replaceChildren(messages.text("map.loading"));
    host.setAttribute("aria-busy", "true");
    try {
      const [cells, areas] = await Promise.all([
        fetchGeoJSON<Layer>(host.dataset.layerUrl ?? ""),
        fetchAreas(host.dataset.areasUrl),
      ]);
      openExplorer({ host, inspector, cells, areas: areas ?? noAreas, lang, messages });
      note.replaceChildren(areas ? "" : messages.text("map.no_areas"));
    } catch (error) {
      note.replaceChildren(...explain(error, messages, load));
    } finally {
      host.removeAttribute("aria-busy");
    }
  };
  await load();
}

// fetchAreas returns undefined where the areas cannot be had: the hexagons are
// worth showing without them.
async function fetchAreas(url = ""): Promise<Areas | undefined> {
  return fetchGeoJSON<Areas>(url).catch(() => undefined);
}

// explain says what went wrong and what still works, with a button to try again
// where that can help.
function explain(error: unknown, messages: Messages, retry: () => void): HTMLElement[] {
  if (error instanceof GPUInitializationError) {
    return [element("p", {}, messages.text("map.no_webgl"))];
  }
  const parts = [element("p", {}, element("strong", {}, messages.text("map.failed")))];
  if (error instanceof Problem) {
    const told = [error.title, error.message].filter(Boolean).join(": ");
    parts.push(element("p", {}, told));
  } else {
    console.error(error);
  }
  const again = element("button", { type: "button" }, messages.text("map.retry"));
  again.addEventListener("click", retry);
  return [...parts, again];
}
