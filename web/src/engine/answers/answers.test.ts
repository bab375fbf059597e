import { describe, expect, it } from "vitest";
import type { JsonValue } from "../json";
import { reduce } from "../scene/reduce";
import { shapeId } from "../scene/scene";
import { Random } from "../testing/random";
import { everything, everythingIndex, everythingScene, randomCommand } from "../testing/scenes";
import { checkScene } from "./check";
import { readAnswers } from "./read";
import { writeAnswers } from "./write";

const image = { width: 800, height: 600 };

describe("answers", () => {
  it("come back as the same scene and the same JSON", { timeout: 60_000 }, () => {
    const random = new Random(31);
    for (let round = 0; round < 40; round++) {
      let scene = everythingScene(image);
      for (let i = 0; i < 80; i++) scene = reduce(scene, randomCommand(random, scene)).scene;
      const written = JSON.parse(JSON.stringify(writeAnswers(scene))) as JsonValue;
      const read = readAnswers(everythingIndex, image, written);
      expect(read.faults).toEqual([]);
      expect(JSON.stringify(writeAnswers(read.scene))).toEqual(JSON.stringify(written));
      const ofQuestion = (id: string) =>
        scene.shapes.filter(shape => shape.question === id).map(shape => ({ ...shape, hidden: false, locked: false }));
      expect(read.scene.shapes).toEqual([...ofQuestion("objects"), ...ofQuestion("signs")]);
      expect(read.scene.answers).toEqual(scene.answers);
    }
  });

  it("are written as the project file's reference shows them", () => {
    const answers = {
      weather: "rain",
      wet: true,
      objects: [
        { id: "s1", class: "car", box: { x: 10, y: 20, width: 100, height: 50 }, attributes: { occluded: true } },
        { id: "s2", class: "car", rotated_box: { cx: 300, cy: 200, width: 80, height: 40, angle: 0.3 } },
        {
          id: "s3",
          class: "car",
          polygon: [
            [10, 400],
            [200, 400],
            [190, 450],
          ],
        },
        {
          id: "s4",
          class: "lane",
          polyline: [
            [10, 700],
            [300, 400],
          ],
        },
        {
          id: "s5",
          class: "person",
          keypoints: [
            [10, 20, 2],
            [12, 60, 1],
            [0, 0, 0],
            [9, 9, 2],
          ],
        },
      ],
      signs: [
        {
          id: "s1",
          class: "sign",
          box: { x: 1, y: 2, width: 3, height: 4 },
          attributes: { code: ["warning", "a1"], marks: ["dirt", "snow"], lit: true },
        },
      ],
      surface: ["wet", "ice"],
      quality: 4,
      note: "two words",
      speed: 30.5,
    };
    const { scene, faults } = readAnswers(everythingIndex, { width: 800, height: 800 }, answers);
    expect(faults).toEqual([]);
    expect(scene.shapes.map(shape => shape.id)).toContain("signs/s1");
    expect(writeAnswers(scene)).toEqual(answers);
  });

  it("tell what they leave out, and keep the rest", () => {
    const { scene, faults } = readAnswers(everythingIndex, image, {
      mood: "good",
      weather: "hail",
      objects: [
        { id: "a", class: "car", box: { x: 1, y: 1, width: 5, height: 5 }, attributes: { colour: "red" } },
        { id: "a", class: "car", box: { x: 1, y: 1, width: 5, height: 5 } },
        { id: "b", class: "tram", box: { x: 1, y: 1, width: 5, height: 5 } },
        {
          id: "c",
          class: "car",
          polyline: [
            [1, 1],
            [2, 2],
          ],
        },
        { id: "d", class: "car", box: { x: 1, y: 1, width: "5", height: 5 } },
        7,
      ],
    });
    expect(scene.shapes.map(shape => shape.id)).toEqual(["a"]);
    expect(faults.map(fault => `${fault.pointer} ${fault.code}`)).toEqual([
      "/mood unknown_question",
      "/objects/0/attributes/colour bad_attribute",
      "/objects/1 bad_id",
      "/objects/2 unknown_class",
      "/objects/3 bad_geometry",
      "/objects/4 bad_geometry",
      "/objects/5 not_an_object",
      "/weather bad_answer",
    ]);
  });

  it("name what the server would refuse", () => {
    const { scene } = readAnswers(everythingIndex, image, {
      objects: [
        { id: "a", class: "car", box: { x: 1, y: 1, width: 1, height: 5 }, attributes: { occluded: true } },
        {
          id: "b",
          class: "car",
          polygon: [
            [0, 0],
            [10, 10],
            [10, 0],
            [0, 10],
          ],
        },
        { id: "c", class: "person", box: { x: 790, y: 1, width: 50, height: 5 } },
      ],
      note: "x",
      speed: 0.3,
    });
    expect(checkScene(scene).map(fault => `${fault.pointer} ${fault.code}`)).toEqual([
      "/weather required",
      "/objects/0/box width_below",
      "/objects/0/attributes/by required",
      "/objects/1/polygon no_area",
      "/objects/2/box outside",
      "/speed off_step",
    ]);
    expect(checkScene(scene)[1]).toMatchObject({ shape: shapeId("a"), question: "objects", limit: 2, found: 1 });
  });

  it("always answer a shapes question that is asked", () => {
    expect(writeAnswers(everythingScene())).toEqual({ objects: [] });
    expect(everything.questions.length).toBe(8);
  });
});
