import { useQuery } from "@tanstack/react-query";
import { isRecord } from "../../api/client";
import type { DrawableShape, Geometry } from "../../components/Picture";
import { ontologyQuery } from "../project/queries";

/** Colour and title of each class. */
export type ClassLooks = ReadonlyMap<string, { colour: string; title: string }>;

const unknownColour = "#8d99a3";

/** The classes of a stored ontology, of all its shape questions. */
export function classesOf(ontology: unknown): ClassLooks {
  const looks = new Map<string, { colour: string; title: string }>();
  const questions = isRecord(ontology) && Array.isArray(ontology.questions) ? ontology.questions.filter(isRecord) : [];
  for (const question of questions) {
    for (const each of Array.isArray(question.classes) ? question.classes.filter(isRecord) : []) {
      if (typeof each.id !== "string") continue;
      looks.set(each.id, {
        colour: typeof each.colour === "string" ? each.colour : unknownColour,
        title: typeof each.title === "string" ? each.title : each.id,
      });
    }
  }

  return looks;
}

/** What stands for each class and each option of an ontology's questions and of its attributes. */
export function wordsOf(ontology: unknown): ClassLooks {
  const looks = new Map(classesOf(ontology));
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) collect(each);
    else if (isRecord(value)) {
      for (const option of Array.isArray(value.options) ? value.options.filter(isRecord) : []) {
        if (typeof option.id !== "string" || looks.has(option.id)) continue;
        looks.set(option.id, { colour: unknownColour, title: typeof option.title === "string" ? option.title : option.id });
      }
      for (const each of Object.values(value)) collect(each);
    }
  };
  collect(ontology);
  return looks;
}

/** The same of a project's ontology as it is stored. */
export function useWords(projectId: string, ontologyVersion: number | undefined): ClassLooks {
  const ontology = useQuery({ ...ontologyQuery(projectId, ontologyVersion ?? 0), enabled: ontologyVersion !== undefined });
  return wordsOf(ontology.data?.ontology);
}

export function useClassColours(projectId: string, ontologyVersion: number | undefined): ClassLooks {
  const ontology = useQuery({ ...ontologyQuery(projectId, ontologyVersion ?? 0), enabled: ontologyVersion !== undefined });
  return classesOf(ontology.data?.ontology);
}

/** All shapes of an answer set, in the order in which they are drawn. */
export function drawableOf(answers: unknown, looks: ClassLooks, dashed = false): DrawableShape[] {
  if (!isRecord(answers)) return [];
  return Object.values(answers)
    .filter(Array.isArray)
    .flatMap(items => items.filter(isRecord))
    .flatMap(item => {
      const geometry = geometryOf(item);
      if (!geometry || typeof item.id !== "string" || typeof item.class !== "string") return [];
      return [
        {
          id: item.id,
          className: looks.get(item.class)?.title ?? item.class,
          colour: looks.get(item.class)?.colour ?? unknownColour,
          geometry,
          dashed,
        },
      ];
    });
}

/** The geometry of a shape as answers state it; null for what is none or cannot be drawn. */
export function geometryOf(item: unknown): Geometry | null {
  if (!isRecord(item)) return null;
  if (isRecord(item.box)) return { kind: "box", ...(item.box as { x: number; y: number; width: number; height: number }) };
  if (isRecord(item.rotated_box))
    return { kind: "rotated_box", ...(item.rotated_box as { cx: number; cy: number; width: number; height: number; angle: number }) };
  if (Array.isArray(item.polygon)) return { kind: "polygon", points: item.polygon as [number, number][] };
  if (Array.isArray(item.polygons)) return { kind: "polygons", rings: item.polygons as [number, number][][] };
  if (Array.isArray(item.polyline)) return { kind: "polyline", points: item.polyline as [number, number][] };
  if (Array.isArray(item.keypoints)) return { kind: "keypoints", points: item.keypoints as [number, number, number][] };
  return null;
}

/** What was said beside shapes, as "question: answer". */
export function choicesOf(answers: unknown, ontology: unknown): { question: string; answer: string }[] {
  if (!isRecord(answers)) return [];
  const asked = isRecord(ontology) && Array.isArray(ontology.questions) ? ontology.questions.filter(isRecord) : [];
  const titleOf = (list: unknown, id: string) => {
    const found = Array.isArray(list) ? list.find(each => isRecord(each) && each.id === id) : undefined;
    return isRecord(found) && typeof found.title === "string" ? found.title : id;
  };
  const said = (options: unknown, value: unknown) => (Array.isArray(value) ? value.join("/") : titleOf(options, String(value)));
  return Object.entries(answers)
    .filter(([, value]) => !(Array.isArray(value) && (value.length === 0 || value.some(isRecord))))
    .map(([id, value]) => {
      const options = asked.find(each => each.id === id)?.options;
      return {
        question: titleOf(asked, id),
        answer: Array.isArray(value) ? value.map(each => said(options, each)).join(", ") : said(options, value),
      };
    });
}
