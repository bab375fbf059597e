import { percent } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Page";
import { csvOf } from "../../components/plots/csv";
import { type BarRow, IntervalBars } from "../../components/plots/IntervalBars";
import { PlotFrame } from "../../components/plots/PlotFrame";
import { quality as m } from "../../messages/en/quality";
import css from "./QualityPage.module.css";
import type { QuestionAgreement } from "./server";

/** How far people agree on each question, by several coefficients, and on each class. */
export function Agreement({ project, questions }: { project: string; questions: readonly QuestionAgreement[] }) {
  return (
    <Section title={m.agreement.title}>
      <p className="soft">{m.agreement.explain}</p>
      {questions.map(question => (
        <Question key={question.id} project={project} question={question} />
      ))}
    </Section>
  );
}

function Question({ project, question }: { project: string; question: QuestionAgreement }) {
  const coefficients = question.coefficients.flatMap((each): BarRow[] =>
    each.value === null ? [] : [{ key: each.name, label: m.agreement.name(each.name), value: each.value, low: each.low, high: each.high }],
  );
  const classes = question.classes.flatMap((each): BarRow[] =>
    each.agreement === null ? [] : [{ key: each.id, label: each.name, value: each.agreement, low: null, high: null }],
  );
  const title = question.title;
  const said = (rows: readonly BarRow[]) => rows.map(row => m.agreement.value(row.label, percent(row.value))).join(", ");
  return (
    <div className={css.pair} data-one={classes.length === 0}>
      {coefficients.length > 0 && (
        <PlotFrame
          title={m.agreement.coefficients(title)}
          file={m.file(project, `agreement ${question.id}`)}
          csv={() =>
            csvOf(
              ["question", "coefficient", "value", "low_95", "high_95"],
              question.coefficients.map(each => [question.id, each.name, each.value, each.low, each.high]),
            )
          }
          note={
            question.warning ? (
              <span className={css.warning}>
                <Icon name="warning" size={14} />
                <span>{question.warning}</span>
              </span>
            ) : (
              m.agreement.trap
            )
          }
        >
          {width => (
            <IntervalBars width={width} rows={coefficients} label={m.agreement.plot(m.agreement.coefficients(title), said(coefficients))} />
          )}
        </PlotFrame>
      )}
      {classes.length > 0 && (
        <PlotFrame
          title={m.agreement.classes(title)}
          file={m.file(project, `agreement by class ${question.id}`)}
          csv={() =>
            csvOf(
              ["question", "class", "name", "agreement", "responses"],
              question.classes.map(each => [question.id, each.id, each.name, each.agreement, each.responses]),
            )
          }
        >
          {width => <IntervalBars width={width} rows={classes} label={m.agreement.plot(m.agreement.classes(title), said(classes))} />}
        </PlotFrame>
      )}
    </div>
  );
}
