import { ActionIcon, Button, Menu, TextInput } from "@mantine/core";
import { isRecord } from "../../api/client";
import { Icon } from "../../components/Icon";
import { ontology as m } from "../../messages/en/ontology";
import css from "./OntologyEditor.module.css";
import { QuestionEditor } from "./QuestionEditor";
import type { TextModel } from "./useTextModel";
import type { Path } from "./yamlText";

export const questionKinds = ["shapes", "choice", "boolean", "rating", "text", "number"] as const;
export type QuestionKindName = (typeof questionKinds)[number];

/** A new question of a kind, with what it cannot do without. */
export function newQuestion(kind: QuestionKindName, id: string): Record<string, unknown> {
  switch (kind) {
    case "shapes":
      return { id, kind, required: true, classes: [{ id: "thing", geometries: ["box"] }] };
    case "choice":
      return { id, kind, options: ["yes", "no"] };
    default:
      return { id, kind };
  }
}

/** An id that no sibling has. */
export function freeId(wish: string, taken: readonly string[]): string {
  for (let i = 1; ; i++) {
    const id = i === 1 ? wish : `${wish}_${i}`;
    if (!taken.includes(id)) return id;
  }
}

export const idsOf = (list: unknown): string[] =>
  Array.isArray(list) ? list.map(each => (isRecord(each) ? String(each.id ?? "") : String(each))) : [];

/** The questions of an ontology as forms over the text. `path` is where the ontology stands in it. */
export function OntologyEditor({ model, path, isNew }: { model: TextModel; path: Path; isNew: boolean }) {
  const value = path.reduce<unknown>((owner, step) => (isRecord(owner) ? owner[step] : undefined), model.value);
  const questions = isRecord(value) && Array.isArray(value.questions) ? value.questions : [];
  const list = [...path, "questions"];
  return (
    <div className={css.questions}>
      {questions.map((question, i) => (
        <QuestionEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: a question is its place in the text
          key={i}
          model={model}
          path={[...list, i]}
          question={isRecord(question) ? question : {}}
          place={{ list, index: i, count: questions.length }}
          before={questions.slice(0, i).filter(isRecord)}
          isNew={isNew}
        />
      ))}
      <AddQuestion
        kinds={questionKinds}
        label={m.addQuestion}
        onAdd={kind => model.append(list, newQuestion(kind, freeId(m.newIds[kind], idsOf(questions))))}
      />
    </div>
  );
}

export function AddQuestion({
  kinds,
  label,
  onAdd,
}: {
  kinds: readonly QuestionKindName[];
  label: string;
  onAdd: (kind: QuestionKindName) => void;
}) {
  return (
    <div>
      <Menu position="bottom-start" width={300}>
        <Menu.Target>
          <Button variant="default" size="compact-sm" leftSection={<Icon name="plus" size={14} />}>
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map(kind => (
            <Menu.Item key={kind} onClick={() => onAdd(kind)}>
              <strong>{m.kinds[kind]}</strong>
              <div className="meta">{m.kindHelp[kind]}</div>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** Where an item stands in its list. */
export interface Place {
  list: Path;
  index: number;
  count: number;
}

/** Up, down, away. */
export function PlaceButtons({ model, place, name }: { model: TextModel; place: Place; name: string }) {
  const { list, index, count } = place;
  return (
    <span className={css.placeButtons}>
      <ActionIcon
        variant="subtle"
        size="sm"
        aria-label={m.up(name)}
        disabled={index === 0}
        onClick={() => model.move(list, index, index - 1)}
      >
        <Icon name="up" size={14} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size="sm"
        aria-label={m.down(name)}
        disabled={index === count - 1}
        onClick={() => model.move(list, index, index + 1)}
      >
        <Icon name="down" size={14} />
      </ActionIcon>
      <ActionIcon variant="subtle" size="sm" aria-label={m.remove(name)} onClick={() => model.set([...list, index], undefined)}>
        <Icon name="trash" size={14} />
      </ActionIcon>
    </span>
  );
}

/** A title and the id that programs know it by. While the ontology is new, an id that was made from the title follows it. */
export function NameFields(props: {
  model: TextModel;
  path: Path;
  value: Record<string, unknown>;
  siblings: readonly string[];
  isNew: boolean;
  label: string;
}) {
  const { model, path, value, siblings, isNew, label } = props;
  const id = String(value.id ?? "");
  const title = typeof value.title === "string" ? value.title : "";
  const rename = (next: string) => {
    const follows = isNew && (id === "" || id === slug(title) || (title === "" && !siblings.includes(slug(next))));
    model.set([...path, "title"], next === "" ? undefined : next);
    if (follows && slug(next) !== "")
      model.set(
        [...path, "id"],
        freeId(
          slug(next),
          siblings.filter(each => each !== id),
        ),
      );
  };
  return (
    <>
      <TextInput
        className={css.title}
        aria-label={m.titleOf(label)}
        placeholder={id || m.titleField}
        value={title}
        onChange={event => rename(event.currentTarget.value)}
        error={model.at([...path, "title"])}
      />
      <TextInput
        className={css.id}
        aria-label={m.idOf(label)}
        placeholder={m.id}
        value={id}
        onChange={event => model.set([...path, "id"], event.currentTarget.value)}
        error={model.at([...path, "id"])}
      />
    </>
  );
}

/** "Traffic light" → traffic_light. */
export function slug(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 64);
}
