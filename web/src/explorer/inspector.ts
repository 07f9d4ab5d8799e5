import { element } from "../dom";
import type { Cell } from "../hotspot/layer";
import type { Lang, Messages } from "../messages";
import { badge } from "./badge";

// details tells what is known about one cell, in words first and numbers after.
export function details(cell: Cell, lang: Lang, messages: Messages): HTMLElement[] {
  const { text, whole, rough, decimal, probability } = messages;
  const orNone = (value: number | null, format: (n: number) => string) =>
    value === null ? text("map.undefined_value") : format(value);
  const facts = element("dl", { class: "facts" });
  const add = (term: string, value: string) =>
    facts.append(element("div", {}, element("dt", {}, term), element("dd", {}, value)));
  add(text("map.count"), whole(cell.count));
  add(text("map.sum", { n: cell.n_neighbours }), whole(cell.sum));
  add(text("map.expected"), rough(cell.expected));
  add(text("map.z"), orNone(cell.gistar_z, decimal));
  add(text("map.p_fdr"), orNone(cell.gistar_p_fdr, probability));
  if (cell.rank) add(text("map.rank"), whole(cell.rank));
  add(text("map.cell"), cell.cell);

  const parts: HTMLElement[] = [
    element("p", {}, badge(cell.class, text(`class.${cell.class}`))),
    facts,
  ];
  if (cell.edge) parts.push(element("p", { class: "muted" }, text("map.edge")));
  const href = `/${lang}/hotspots/${cell.cell}${location.search}`;
  parts.push(element("p", {}, element("a", { href, class: "button" }, text("map.open_cell"))));
  return parts;
}
