/** A text cut to about a width in pixels at 12 px, since SVG cuts nothing by itself; the whole goes into a title. */
export function clipped(text: string, width: number): string {
  const fits = Math.max(3, Math.floor(width / 6.6));
  const letters = [...text];
  return letters.length <= fits
    ? text
    : `${letters
        .slice(0, fits - 1)
        .join("")
        .trimEnd()}…`;
}
