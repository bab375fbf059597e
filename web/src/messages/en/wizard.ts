export const wizard = {
  title: "New project",
  lead: "What is asked of each picture, how many people answer, and how the answers are checked.",
  create: "Create the project",
  beginAnew: "Begin anew",
  notMade: "The project was not made",
  basics: "The project",
  name: "Name",
  description: "Description",
  descriptionHelp: "What it is for",
  instructions: "Instructions",
  instructionsHelp: "What contributors read beside the picture, in Markdown",
  packs: "Ontology packs",
  packsText: "Ontologies that are shipped with the product. Several go together; your own questions come beside them.",
  pack: (name: string) => {
    const words = name.replaceAll("-", " ").split("/");
    return words.map(word => word.charAt(0).toUpperCase() + word.slice(1)).join(": ");
  },
  work: "How the work is done",
  workHelp: "Responses for each task, gold, review, audits",
  questions: "Your own questions",
};
