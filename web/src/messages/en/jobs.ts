const kinds: Record<string, string> = {
  build_release: "Building a release",
  export_release: "Exporting a release",
  survey_dataset: "Reading a data set",
  import_dataset: "Importing a data set",
};

export const jobs = {
  title: "Background work",
  kind: (kind: string) => kinds[kind] ?? "Background work",
  state: (state: string) => (state === "queued" ? "Waiting to start" : "Under way"),
  left: (time: string) => `About ${time} left`,
  cancel: "Cancel this work",
};
