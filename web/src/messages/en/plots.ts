export const plots = {
  svg: "SVG",
  csv: "CSV",
  saveSvg: (title: string) => `Save “${title}” as SVG`,
  saveCsv: (title: string) => `Save “${title}” as CSV`,
};
