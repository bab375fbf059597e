import { count } from "../../components/format";
import type { WorkbenchEngine } from "../../engine";
import { canvas as c } from "../../messages/en/canvas";
import { AttributeFields, QuestionFields } from "../canvas/AnswerFields";
import { PanelPart } from "../canvas/CanvasFrame";
import { ClassPalette } from "../canvas/ClassPalette";
import { useEngineState } from "../canvas/engine";
import { faultLine, type ShownFault } from "../canvas/faults";
import { ObjectList } from "../canvas/ObjectList";
import css from "./ReviewPage.module.css";

/** The decision as one edits it: what is to mend, classes, questions, attributes and objects. */
export function EditPanel({ engine, faults }: { engine: WorkbenchEngine; faults: readonly ShownFault[] }) {
  const scene = useEngineState(engine, each => each.scene);
  if (!scene) return null;
  const { ontology } = scene;
  return (
    <>
      {faults.length > 0 && (
        <PanelPart title={c.faults(String(faults.length))}>
          <ul className={css.faults}>
            {faults.slice(0, 20).map(fault => (
              <li key={`${fault.shape}/${faultLine(fault)}`}>{faultLine(fault)}</li>
            ))}
          </ul>
        </PanelPart>
      )}
      {ontology.shapes.length > 0 && (
        <PanelPart title={c.classes}>
          <ClassPalette engine={engine} />
        </PanelPart>
      )}
      {ontology.ontology.questions.some(each => each.kind !== "shapes") && (
        <PanelPart title={c.questions}>
          <QuestionFields engine={engine} />
        </PanelPart>
      )}
      {scene.selection.length > 0 && (
        <PanelPart title={c.attributes}>
          <AttributeFields engine={engine} />
        </PanelPart>
      )}
      {ontology.shapes.length > 0 && (
        <PanelPart title={c.objectCount(count(scene.shapes.length))} grow>
          <ObjectList engine={engine} />
        </PanelPart>
      )}
    </>
  );
}
