export const projects = {
  title: "Projects",
  loading: "Loading projects",
  create: "New project",
  search: "Search projects",
  empty: "No projects yet",
  emptyText:
    "A project says what is asked of each picture, how many people answer, and how the answers are checked. Begin with one of the ontology packs or your own classes.",
  noneFound: (words: string) => `No project has “${words}” in its name or description.`,
  synthetic: "Synthetic data",
  states: { active: "Active", paused: "Paused", archived: "Archived" },
  taskStates: { open: "Open", in_review: "In review", done: "Done", withdrawn: "Withdrawn" },
  noTasks: "No tasks yet",
  progress: "Tasks by state",
  doneOf: (done: string, tasks: string) => `${done} of ${tasks} done`,
  agreement: "Agreement",
  lastResponse: "Last response",
};
