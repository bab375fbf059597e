import rules from "./plots.css?raw";

/** The light theme, written out: programs that open SVG files know no variables. */
const light: Readonly<Record<string, string>> = {
  "--plot-ink": "#14181b",
  "--plot-soft": "#505a63",
  "--plot-grid": "#dde1e5",
  "--plot-axis": "#868f98",
  "--plot-bar": "#9aa3ab",
  "--plot-flow": "#47708a",
  "--plot-pale": "#c6d4de",
  "--plot-drop": "#c98a5e",
  "--plot-drop-other": "#a98f74",
  "--plot-band": "#f0dfb2",
  "--plot-mark": "#8a5200",
  "--plot-right": "#0b6b63",
  "--plot-wrong": "#ad2f10",
  "--plot-empty": "#eef0f2",
};

/** The rules of all plots with the light theme's colours. */
export const lightRules = (): string =>
  rules.replace(/\/\*[\s\S]*?\*\//g, "").replace(/var\((--[\w-]+)\)/g, (_, name: string) => light[name] ?? "#14181b");

const HEAD = 32;

/** A file that needs nothing else: the plot's own marks on white, its title above, its rules within. `markup` is the SVG element as XML. */
export function standaloneSvg(markup: string, title: string): string {
  const [, attributes = "", inner = ""] = /^<svg([^>]*)>([\s\S]*)<\/svg>\s*$/.exec(markup) ?? [];
  const size = (name: string) => Number(new RegExp(`\\b${name}="([\\d.]+)"`).exec(attributes)?.[1] ?? 0);
  const [width, height] = [size("width"), size("height") + HEAD];
  // What serves the page alone: focus, roles, handlers' leftovers.
  const bare = inner.replace(/\s(?:tabindex|role|aria-[\w-]+|data-[\w-]+)="[^"]*"/g, "");
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" class="plot" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>${escaped(title)}</title>
<style>${lightRules()}</style>
<rect width="100%" height="100%" fill="#ffffff"/>
<text class="plot-strong" x="0" y="16">${escaped(title)}</text>
<g transform="translate(0 ${HEAD})">${bare}</g>
</svg>
`;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
