const kinds: Record<string, string> = { build_release: "Building a release" };

export const jobs = {
  title: "Background work",
  kind: (kind: string) => kinds[kind] ?? kind,
  waiting: "Waiting to start",
  left: (time: string) => `About ${time} left`,
  cancel: "Cancel this work",
};
