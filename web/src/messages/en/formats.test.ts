import { expect, test } from "vitest";
import { lossName } from "./formats";

test("a kind of loss is told in words, with the name that it concerns", () => {
  expect(lossName("geometry:rotated_box")).toBe("Rotated boxes");
  expect(lossName("attribute:pose")).toBe("Attribute “pose”");
  expect(lossName("class:a:b")).toBe("Objects of the class “a:b”");
  expect(lossName("relation")).toBe("Relations between objects");
  expect(lossName("something_new")).toBe("Something new");
});
