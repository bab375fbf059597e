import { expect, test } from "vitest";
import { append, lineOf, move, readText, setIn } from "./yamlText";

const text = `# Ours
name: Streets # what people see
ontology:
  packs: [driving/vehicles]
  questions:
    - id: weather
      kind: choice
      options: [clear, rain]
    - {id: note, kind: text}
`;

test("what a form changes stands in the text, and nothing else changes", () => {
  const changed = setIn(text, ["name"], "Roads");
  expect(changed).toBe(text.replace("Streets", "Roads"));
  expect(setIn(changed, ["name"], "Streets")).toBe(setIn(text, ["name"], "Streets"));
  expect(changed).toContain("# Ours");
  expect(changed).toContain("# what people see");
});

test("text and forms say the same after every change", () => {
  let now = text;
  now = append(now, ["ontology", "questions"], { id: "wet", kind: "boolean" });
  now = setIn(now, ["ontology", "questions", 0, "required"], true);
  now = append(now, ["ontology", "questions", 0, "options"], "snow");
  now = move(now, ["ontology", "questions"], 2, 0);
  now = setIn(now, ["instructions"], "Draw all.\nEvery one.\n");
  now = setIn(now, ["ontology", "packs"], undefined);
  expect(readText(now).value).toEqual({
    name: "Streets",
    instructions: "Draw all.\nEvery one.\n",
    ontology: {
      questions: [
        { id: "wet", kind: "boolean" },
        { id: "weather", kind: "choice", options: ["clear", "rain", "snow"], required: true },
        { id: "note", kind: "text" },
      ],
    },
  });
  expect(now).toContain("instructions: |");
});

test("a list is made where there is none", () => {
  expect(readText(append("name: a\n", ["ontology", "questions"], { id: "x" })).value).toEqual({
    name: "a",
    ontology: { questions: [{ id: "x" }] },
  });
});

test("a pointer leads to its line, and what is missing to its owner's", () => {
  expect(lineOf(text, "/name")).toBe(2);
  expect(lineOf(text, "/ontology/questions/0/kind")).toBe(7);
  expect(lineOf(text, "/ontology/questions/0/hotkey")).toBe(6);
  expect(lineOf(text, "/ontology/questions/1/kind")).toBe(9);
  expect(lineOf(text, "/overlap")).toBe(2);
  expect(lineOf("", "/name")).toBe(1);
});

test("text that cannot be read is told with its line and left as it is", () => {
  const broken = "name: [a\nother: b\n";
  expect(readText(broken).value).toBeNull();
  expect(readText(broken).faults[0]?.line).toBeGreaterThan(0);
  expect(setIn(broken, ["name"], "x")).toBe(broken);
});

test("words mean what YAML 1.2 says", () => {
  expect(readText("a: no\nb: 0123\nc: on\n").value).toEqual({ a: "no", b: 123, c: "on" });
});
