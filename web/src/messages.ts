import type en from "../../handlers/messages/en.json";
import type es from "../../handlers/messages/es.json";
import type { Class } from "./hotspot/class";

// Catalogue is the texts of one language. Go reads the same files; a key that
// one of them lacks does not compile where it is used.
type Catalogue = typeof en & typeof es;
type Key = Extract<keyof Catalogue, `map.${string}` | `class.${Class}`>;

// Lang is a language of the pages.
export type Lang = "es" | "en";

// Messages puts texts and numbers into words of one language.
export interface Messages {
  text(key: Key, values?: Record<string, string | number>): string;
  whole(n: number): string;
  rough(n: number): string; // at most one place
  decimal(n: number): string; // two places
  probability(p: number): string; // three places, and below 0.001 only that
}

// loadMessages fetches the catalogue of a language.
export async function loadMessages(lang: Lang): Promise<Messages> {
  const catalogue: Pick<Catalogue, Key> =
    lang === "es"
      ? (await import("../../handlers/messages/es.json")).default
      : (await import("../../handlers/messages/en.json")).default;
  const locale = lang === "es" ? "es-GT" : "en";
  const numbers = (least: number, most: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most });
  const [whole, rough, two, three] = [numbers(0, 0), numbers(0, 1), numbers(2, 2), numbers(3, 3)];
  return {
    text: (key, values = {}) =>
      catalogue[key].replace(/\{(\w+)\}/g, (as, name) => {
        const value = values[name] ?? as;
        return typeof value === "number" ? whole.format(value) : value;
      }),
    whole: (n) => whole.format(n),
    rough: (n) => rough.format(n),
    decimal: (n) => two.format(n),
    probability: (p) => (p < 0.001 ? `<\u00a0${three.format(0.001)}` : three.format(p)),
  };
}
