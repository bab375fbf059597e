import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Checkbox.css";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Link } from "wouter";
import { api, ask } from "../../api/client";
import { count } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Page";
import { Problem } from "../../components/Problem";
import { RadioCard } from "../../components/RadioCard";
import { State } from "../../components/State";
import { Table } from "../../components/Table";
import { datasets as m } from "../../messages/en/datasets";
import { formats as words } from "../../messages/en/formats";
import { contributorsQuery, type ProjectView } from "../project/queries";
import css from "./DatasetPage.module.css";
import { looksOf } from "./looks";
import { frequentFirst, hasBesides, leftOut, likelyAs, mapped, takenAs, targetOf } from "./plan";
import type { Dataset, ForeignClass, Plan, Report } from "./server";
import type { Planning } from "./usePlan";

/** What becomes of the classes, of the people and of what they said. */
export function MappingStep(props: {
  project: ProjectView;
  dataset: Dataset;
  planning: Planning;
  plan: Plan;
  report: Report;
  onNext: () => void;
}) {
  const { project, dataset, planning, plan, report, onNext } = props;
  const usesLabels = plan.as !== "tasks";
  return (
    <>
      <AsChoice plan={plan} report={report} onChoose={planning.setPlan} />
      {usesLabels && <Classes project={project} planning={planning} plan={plan} report={report} />}
      {usesLabels && <Questions report={report} />}
      {plan.as === "responses" && <People project={project} dataset={dataset} planning={planning} plan={plan} report={report} />}
      <Problem problem={planning.survey.error} />
      <div className={css.foot}>
        <Button
          loading={planning.survey.isPending}
          onClick={() => {
            planning.survey.mutate(plan, { onSuccess: onNext });
          }}
        >
          {m.preview}
        </Button>
      </div>
    </>
  );
}

function AsChoice({ plan, report, onChoose }: { plan: Plan; report: Report; onChoose: (plan: Plan) => void }) {
  const group = useId();
  const likely = likelyAs(report);
  return (
    <Section title={m.as}>
      <fieldset className={css.cards}>
        <legend className="visually-hidden">{m.as}</legend>
        {(["responses", "prelabels", "gold", "tasks"] as const).map(as => (
          <RadioCard
            key={as}
            group={group}
            checked={plan.as === as}
            onChoose={() => onChoose(takenAs(plan, as, report))}
            title={
              <>
                <strong>{m.asKinds[as]}</strong>
                {as === likely && <State tone="plain">{m.likely}</State>}
              </>
            }
          >
            <span className="soft">{m.asText[as]}</span>
          </RadioCard>
        ))}
      </fieldset>
      {plan.as === "responses" && hasBesides(report) && (
        <Checkbox
          label={m.besidesToo}
          description={m.besidesTooText}
          checked={plan.whole ?? false}
          onChange={event => {
            const { whole: _, ...rest } = plan;
            onChoose(event.currentTarget.checked ? { ...rest, whole: true } : rest);
          }}
        />
      )}
      {plan.as === "prelabels" && (
        <NativeSelect
          maw={460}
          label={m.prelabelsFrom}
          description={m.prelabelsFromText}
          value={plan.prelabels_from ?? "predictions"}
          onChange={event => onChoose({ ...plan, prelabels_from: event.currentTarget.value as "predictions" | "annotations" })}
          data={(["predictions", "annotations"] as const).map(from => ({ value: from, label: m.prelabelSources[from] }))}
        />
      )}
    </Section>
  );
}

const shownMax = 60;
const out = "(out)";

function Classes({ project, planning, plan, report }: { project: ProjectView; planning: Planning; plan: Plan; report: Report }) {
  const [asked, setAsked] = useState("");
  const [onlyOut, setOnlyOut] = useState(false);
  const [all, setAll] = useState(false);
  if (report.classes.length === 0) return null;
  const out_ = leftOut(plan, report);
  const looks = looksOf(report.classes, plan, planning.looks);
  const fitting = frequentFirst(report.classes).filter(
    row => row.name.toLocaleLowerCase().includes(asked.toLocaleLowerCase()) && (!onlyOut || targetOf(plan.classes, row) === null),
  );
  const shown = all ? fitting : fitting.slice(0, shownMax);
  return (
    <Section title={m.mapClasses}>
      <p className="soft">{m.mapClassesText}</p>
      {planning.own.length === 0 && (
        <div className={css.notice} role="status">
          <Icon name="warning" />
          <p>{m.noOwnClasses}</p>
          <Button component={Link} variant="default" href={`/projects/${project.id}/ontology`}>
            {m.toOntology}
          </Button>
        </div>
      )}
      {report.classes.length > 10 && (
        <div className={css.filters}>
          <TextInput
            type="search"
            data-search
            aria-label={m.findClass}
            placeholder={m.findClass}
            value={asked}
            onChange={event => setAsked(event.currentTarget.value)}
          />
          <Checkbox label={m.onlyOut} checked={onlyOut} onChange={event => setOnlyOut(event.currentTarget.checked)} />
        </div>
      )}
      {shown.length === 0 ? (
        <p className="soft">{m.noClassFound}</p>
      ) : (
        <Table label={m.mapClasses}>
          <thead>
            <tr>
              <th scope="col">{m.mapColumns.foreign}</th>
              <th scope="col" data-number>
                {m.mapColumns.objects}
              </th>
              <th scope="col" data-wide>
                {m.mapColumns.marks}
              </th>
              <th scope="col">{m.mapColumns.own}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(row => (
              <ClassRow
                key={row.name}
                row={row}
                planning={planning}
                colour={looks.get(row.name)?.colour}
                target={targetOf(plan.classes, row)}
                onChoose={target => planning.setPlan(mapped(plan, "classes", row, target))}
              />
            ))}
          </tbody>
        </Table>
      )}
      {fitting.length > shown.length && (
        <div>
          <Button variant="default" onClick={() => setAll(true)}>
            {m.showAll(count(fitting.length))}
          </Button>
        </div>
      )}
      <p role="status" className={out_.classes > 0 ? css.some : css.none}>
        {out_.classes > 0 ? m.willLeave(count(out_.classes), count(out_.objects)) : m.nothingLeft}{" "}
        {out_.classes > 0 && planning.own.length > 0 && <Link href={`/projects/${project.id}/ontology`}>{m.toOntology}</Link>}
      </p>
    </Section>
  );
}

function ClassRow(props: {
  row: ForeignClass;
  planning: Planning;
  colour: string | undefined;
  target: string | null;
  onChoose: (target: string | null) => void;
}) {
  const { row, planning, colour, target, onChoose } = props;
  const kinds = Object.entries(row.marks);
  const marks = kinds.map(([kind, number]) => (kinds.length > 1 ? `${words.mark(kind)} ${count(number)}` : words.mark(kind))).join(", ");
  return (
    <tr data-out={target === null}>
      <td data-clip title={row.name}>
        <span className={css.className}>
          <span className={css.dot} style={{ background: target === null ? "transparent" : colour, borderColor: colour }} />
          <span dir="auto">{row.name}</span>
        </span>
      </td>
      <td data-number>{count(row.objects)}</td>
      <td data-wide data-wrap className="soft">
        {marks}
      </td>
      <td className={css.choose}>
        <NativeSelect
          size="xs"
          aria-label={m.becomes(row.name)}
          value={target ?? out}
          onChange={event => onChoose(event.currentTarget.value === out ? null : event.currentTarget.value)}
          data={[{ value: out, label: m.leaveOut }, ...planning.own.map(each => ({ value: each.id, label: each.title }))]}
        />
      </td>
    </tr>
  );
}

function Questions({ report }: { report: Report }) {
  if (report.questions.length === 0) return null;
  return (
    <Section title={m.questions}>
      <p className="soft">{m.questionsText}</p>
      <Table label={m.questions}>
        <thead>
          <tr>
            <th scope="col">{m.mapColumns.foreign}</th>
            <th scope="col" data-number>
              {m.mapColumns.answers}
            </th>
            <th scope="col">{m.mapColumns.own}</th>
          </tr>
        </thead>
        <tbody>
          {report.questions.map(row => (
            <tr key={row.name}>
              <td data-clip dir="auto">
                {row.name}
              </td>
              <td data-number>{count(row.answers)}</td>
              <td className={css.answer}>{row.target ?? <span className="soft">{m.noQuestion}</span>}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

const newMember = "(new)";

function People(props: { project: ProjectView; dataset: Dataset; planning: Planning; plan: Plan; report: Report }) {
  const { project, dataset, planning, plan, report } = props;
  const working = useQuery(contributorsQuery(project.id));
  const everybody = useInfiniteQuery({
    queryKey: ["people"],
    queryFn: ({ signal, pageParam }) =>
      ask(api.GET("/api/v1/contributors", { params: { query: { limit: "200", ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: "",
    getNextPageParam: page => page.next,
  });
  if (report.contributors.length === 0) return null;
  const names = new Map<string, string>();
  for (const row of working.data ?? []) names.set(row.contributor, row.display_name);
  for (const row of everybody.data?.pages.flatMap(page => page.items) ?? []) names.set(row.id, row.display_name);
  const options = [...names].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label));
  return (
    <Section title={m.people}>
      <p className="soft">{m.peopleText}</p>
      <Problem problem={everybody.error} retry={() => everybody.refetch()} />
      <Table label={m.people}>
        <thead>
          <tr>
            <th scope="col">{m.mapColumns.foreign}</th>
            <th scope="col" data-number data-wide>
              {m.mapColumns.labelled}
            </th>
            <th scope="col">{m.mapColumns.own}</th>
          </tr>
        </thead>
        <tbody>
          {report.contributors.map(row => (
            <tr key={row.name}>
              <td data-clip title={row.name}>
                <span dir="auto">{row.name || m.nobody}</span>
                <span data-narrow className="meta">
                  {m.labelled(count(row.inputs))}
                </span>
              </td>
              <td data-number data-wide>
                {count(row.inputs)}
              </td>
              <td className={css.choose}>
                <NativeSelect
                  size="xs"
                  aria-label={m.becomes(row.name || m.nobody)}
                  value={targetOf(plan.contributors, row) ?? newMember}
                  onChange={event => {
                    const target = event.currentTarget.value;
                    planning.setPlan(mapped(plan, "contributors", row, target === newMember ? null : target));
                  }}
                  data={[{ value: newMember, label: m.newMember(row.name || dataset.name) }, ...options]}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
