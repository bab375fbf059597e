export const work = {
  title: "My work",
  loading: "Loading projects",
  today: (responses: string, time: string) => `Today: ${responses} submitted, ${time} of active time`,
  empty: "No work is waiting for you",
  emptyText: "Projects that you may work on stand here as soon as they have open tasks.",
  emptyManager: "Projects with open tasks stand here. Make one, and import data into it.",
  toProjects: "Go to the projects",
  given: (responses: string) => `${responses} submitted by you`,
  label: "Label",
  review: "Review",
  nothingOpen: "Nothing open",
};
