// The address's fragment holds what was chosen on the map, so that the same
// address shows the same view: #v=zoom/latitude/longitude&sel=cell. MapLibre
// keeps v; sel is kept here.

// selectionIn returns the chosen cell of a fragment.
export function selectionIn(fragment: string): string | undefined {
  return parts(fragment)
    .find((part) => part.startsWith("sel="))
    ?.slice("sel=".length);
}

// withSelection returns the fragment with another choice, or none.
export function withSelection(fragment: string, cell: string | undefined): string {
  const kept = parts(fragment).filter((part) => !part.startsWith("sel="));
  if (cell) kept.push(`sel=${cell}`);
  return `#${kept.join("&")}`;
}

// hasView reports whether the fragment says where to look.
export function hasView(fragment: string): boolean {
  return parts(fragment).some((part) => part.startsWith("v="));
}

// keepOnLanguageSwitch makes the links to the other language carry the
// fragment, which the server never sees.
export function keepOnLanguageSwitch(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[hreflang]")) {
    link.addEventListener("click", () => {
      link.hash = location.hash;
    });
  }
}

function parts(fragment: string): string[] {
  return fragment.replace(/^#/, "").split("&").filter(Boolean);
}
