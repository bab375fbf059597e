/** Our own few signs, drawn on a 20 px grid with a 1.6 px line. An icon is never the only thing that says something: it stands beside a word or has a name. */
const shapes = {
  projects: "M3 5.5h5l1.5 2H17v8H3z",
  work: "M4 16l1-4L13.5 3.5l3 3L8 15z M12 5l3 3",
  people:
    "M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6z M2 16.5c.4-3 2.6-5 5.5-5s5.100 2 5.500 5 M13 3.800a3 3 0 0 1 0 5.400 M15 11.800c1.600.7 2.700 2.300 3 4.700",
  settings: "M3 6h8 M15 6h2 M13 6a2 2 0 1 0 0-.01 M3 14h2 M9 14h8 M7 14a2 2 0 1 0 0-.01",
  plus: "M10 4v12 M4 10h12",
  check: "M4 10.500l4 4 8-9",
  cross: "M5 5l10 10 M15 5L5 15",
  warning: "M10 3.500l7.500 13h-15z M10 8.500v4 M10 14.400v.1",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z M10 9.500v4 M10 6.600v.1",
  wait: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z M10 6v4.200l2.800 1.700",
  upload: "M10 13V3.500 M6 7l4-4 4 4 M3.500 12.500v4h13v-4",
  download: "M10 3.500V13 M6 9.500l4 4 4-4 M3.500 12.500v4h13v-4",
  link: "M8.500 11.500a3 3 0 0 0 4.200 0l2.800-2.800a3 3 0 0 0-4.200-4.200L10 5.800 M11.500 8.500a3 3 0 0 0-4.200 0l-2.800 2.800a3 3 0 0 0 4.200 4.200L10 14.200",
  copy: "M7 7h9v9H7z M4 13V4h9",
  more: "M5 10v.1 M10 10v.1 M15 10v.1",
  menu: "M3 5.500h14 M3 10h14 M3 14.500h14",
  search: "M9 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11z M13 13l4 4",
  right: "M8 5l5 5-5 5",
  down: "M5 8l5 5 5-5",
  up: "M5 12l5-5 5 5",
  trash: "M4 6h12 M8 6V4h4v2 M5.500 6l.700 10.500h7.600L14.500 6",
  pause: "M7 4.500v11 M13 4.500v11",
  play: "M6 4l10 6-10 6z",
  image: "M3 4h14v12H3z M3 13l4-4 3.500 3.500L13 10l4 4 M13 7.500v.1",
  release: "M10 3l6 3.200v7.600L10 17l-6-3.200V6.200z M4 6.200l6 3.300 6-3.300 M10 9.500V17",
  shield: "M10 3l6 2v5c0 3.500-2.500 6-6 7-3.500-1-6-3.500-6-7V5z",
  key: "M8 12a3.500 3.500 0 1 1 0-.1z M11 11l6-6 M14 8l2 2",
  sun: "M10 13.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z M10 2v1.500 M10 16.500V18 M2 10h1.500 M16.500 10H18 M4.300 4.300l1.100 1.100 M14.600 14.600l1.100 1.100 M4.300 15.700l1.100-1.100 M14.600 5.400l1.100-1.100",
  moon: "M16 11.500A6.500 6.500 0 0 1 8.500 4a6.500 6.500 0 1 0 7.500 7.500z",
  leave: "M8 4H4v12h4 M8.500 10H17 M13.500 6.500L17 10l-3.500 3.500",
  help: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z M8 8.200c0-1.200.9-2 2.100-2s2.100.8 2.100 1.900c0 1.600-2.100 1.700-2.100 3.400 M10.100 14v.1",
  grid: "M3.500 3.500h5.500v5.500H3.500z M11 3.500h5.500v5.500H11z M3.500 11h5.500v5.500H3.500z M11 11h5.500v5.500H11z",
  list: "M3 5.500h14 M3 10h14 M3 14.500h14",
  drag: "M7.500 5v.1 M12.500 5v.1 M7.500 10v.1 M12.500 10v.1 M7.500 15v.1 M12.500 15v.1",
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" || name === "drag" ? 2.4 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
