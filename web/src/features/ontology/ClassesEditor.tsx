import { Button, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { isRecord } from "../../api/client";
import { Icon } from "../../components/Icon";
import { ontology as m } from "../../messages/en/ontology";
import css from "./ClassesEditor.module.css";
import { AddQuestion, freeId, idsOf, NameFields, newQuestion, PlaceButtons, type QuestionKindName } from "./OntologyEditor";
import { KeyField, QuestionEditor } from "./QuestionEditor";
import type { TextModel } from "./useTextModel";
import type { Path } from "./yamlText";

type Value = Record<string, unknown>;

const geometries = ["box", "rotated_box", "polygon", "polyline", "keypoints"] as const;
const attributeKinds: readonly QuestionKindName[] = ["choice", "boolean", "rating", "text", "number"];

/** The classes of a shapes question: name, colour, key, how they are drawn, what is asked of each. */
export function ClassesEditor({ model, path, question, isNew }: { model: TextModel; path: Path; question: Value; isNew: boolean }) {
  const list = [...path, "classes"];
  const classes = Array.isArray(question.classes) ? question.classes : [];
  const taken = idsOf(classes);
  return (
    <div className={css.classes}>
      {classes.map((each, i) => (
        <ClassEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place in the text
          key={i}
          model={model}
          list={list}
          index={i}
          count={classes.length}
          value={isRecord(each) ? each : {}}
          taken={taken}
          colour={colourOf(model, question, each)}
          isNew={isNew}
        />
      ))}
      {model.at(list) && <p className={css.fault}>{model.at(list)}</p>}
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => model.append(list, { id: freeId("thing", taken), geometries: ["box"] })}
        >
          {m.addClass}
        </Button>
      </div>
    </div>
  );
}

/** Its own, or the one that the server gave it. */
function colourOf(model: TextModel, question: Value, each: unknown): string {
  if (!isRecord(each)) return "#8d99a3";
  if (typeof each.colour === "string" && /^#[0-9a-f]{6}$/i.test(each.colour)) return each.colour;
  const resolved = model.resolved?.questions.find(one => one.id === question.id);
  return (resolved?.kind === "shapes" && resolved.classes.find(one => one.id === each.id)?.colour) || "#8d99a3";
}

function ClassEditor(props: {
  model: TextModel;
  list: Path;
  index: number;
  count: number;
  value: Value;
  taken: readonly string[];
  colour: string;
  isNew: boolean;
}) {
  const { model, list, index, count, value, taken, colour, isNew } = props;
  const [open, setOpen] = useState(false);
  const path = [...list, index];
  const name = String(value.title ?? value.id ?? m.untitled);
  const attributes = Array.isArray(value.attributes) ? value.attributes : [];
  const chosen = Array.isArray(value.geometries) ? value.geometries.map(String) : [];
  const toggle = (geometry: string) => {
    const next = chosen.includes(geometry) ? chosen.filter(each => each !== geometry) : [...chosen, geometry];
    model.set([...path, "geometries"], next);
  };
  return (
    <div className={css.class}>
      <div className={css.head}>
        <input
          type="color"
          className={css.colour}
          value={colour}
          aria-label={m.colourOf(name)}
          onChange={event => model.set([...path, "colour"], event.currentTarget.value)}
        />
        <NameFields model={model} path={path} value={value} siblings={taken} isNew={isNew} label={name} />
        <KeyField model={model} path={path} value={value} name={name} />
        <PlaceButtons model={model} place={{ list, index, count }} name={name} />
      </div>
      <div className={css.line}>
        <fieldset className={css.geometries}>
          <legend className="visually-hidden">{m.drawnAs(name)}</legend>
          {geometries.map(geometry => (
            <button key={geometry} type="button" aria-pressed={chosen.includes(geometry)} onClick={() => toggle(geometry)}>
              {m.geometries[geometry]}
            </button>
          ))}
        </fieldset>
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          rightSection={<Icon name={open ? "up" : "down"} size={12} />}
        >
          {m.attributes(attributes.length)}
        </Button>
      </div>
      {[path, [...path, "geometries"], [...path, "colour"], [...path, "limits"], [...path, "keypoints"]].map(
        at =>
          model.at(at) && (
            <p key={at.join("/")} className={css.fault}>
              {model.at(at)}
            </p>
          ),
      )}
      {chosen.includes("keypoints") && <KeypointNames model={model} path={path} value={value} />}
      {open && (
        <div className={css.more}>
          <Textarea
            label={m.help}
            autosize
            minRows={1}
            maxRows={5}
            value={typeof value.help === "string" ? value.help : ""}
            onChange={event => model.set([...path, "help"], event.currentTarget.value || undefined)}
          />
          {attributes.map((attribute, i) => (
            <QuestionEditor
              // biome-ignore lint/suspicious/noArrayIndexKey: an attribute is its place in the text
              key={i}
              model={model}
              path={[...path, "attributes", i]}
              question={isRecord(attribute) ? attribute : {}}
              place={{ list: [...path, "attributes"], index: i, count: attributes.length }}
              before={attributes.slice(0, i).filter(isRecord)}
              isNew={isNew}
              isAttribute
            />
          ))}
          <AddQuestion
            kinds={attributeKinds}
            label={m.addAttribute}
            onAdd={kind => model.append([...path, "attributes"], newQuestion(kind, freeId(m.newIds[kind], idsOf(attributes))))}
          />
        </div>
      )}
    </div>
  );
}

/** Names of the points in their order, one after another with commas; limbs and sigmas are written in the text. */
function KeypointNames({ model, path, value }: { model: TextModel; path: Path; value: Value }) {
  const names = isRecord(value.keypoints) && Array.isArray(value.keypoints.names) ? value.keypoints.names.map(String) : [];
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      label={m.keypoints}
      description={m.keypointsHelp}
      value={typed ?? names.join(", ")}
      onChange={event => {
        setTyped(event.currentTarget.value);
        const next = event.currentTarget.value
          .split(",")
          .map(each => each.trim())
          .filter(Boolean);
        model.set([...path, "keypoints", "names"], next);
      }}
      onBlur={() => setTyped(null)}
      error={model.at([...path, "keypoints", "names"])}
    />
  );
}
