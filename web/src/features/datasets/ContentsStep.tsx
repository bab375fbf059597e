import { Button, Checkbox, NativeSelect, NumberInput, Textarea } from "@mantine/core";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Checkbox.css";
import "@mantine/core/styles/NumberInput.css";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Figure, Figures } from "../../components/Figure";
import { bytes, count, enDash, percent } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Page";
import { Panel, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { RadioCard } from "../../components/RadioCard";
import { Table } from "../../components/Table";
import { datasets as m } from "../../messages/en/datasets";
import css from "./DatasetPage.module.css";
import { JobEnd, JobPanel } from "./JobPanel";
import { looksOf } from "./looks";
import { detailsOf, frequentFirst, isOf, knownFirst, planOf, readAs } from "./plan";
import { Samples } from "./Samples";
import { type Dataset, type Found, formatsQuery, isBusy, type Plan, type Report } from "./server";
import type { Planning } from "./usePlan";

/** What a data set is and holds, before anything of it enters the project. */
export function ContentsStep(props: { dataset: Dataset; planning: Planning; onFiles: () => void; onNext: () => void }) {
  const { dataset, planning, onFiles, onNext } = props;
  const { plan, report, survey } = planning;
  const busy = isBusy(dataset) || survey.isPending;
  const read = (next: Plan) => {
    planning.setPlan(next);
    survey.mutate(next);
  };
  const { job } = dataset;
  const isOfPlan = plan !== null && dataset.plan?.format === plan.format && dataset.plan.place === plan.place;
  const ended = !busy && isOfPlan && job?.kind === "survey_dataset" ? job : null;
  const failed = ended?.state === "failed" || ended?.state === "cancelled" ? ended : null;
  return (
    <>
      <FormatChoice dataset={dataset} plan={plan} disabled={busy} onRead={read} />
      <Problem problem={survey.error} retry={plan ? () => survey.mutate(plan) : undefined} />
      {busy && dataset.job && <JobPanel dataset={dataset} title={m.reading} />}
      {failed && plan && (
        <JobEnd
          title={failed.state === "failed" ? m.readFailed : m.readCancelled}
          text={failed.error}
          again={m.readAgain}
          onAgain={() => read(plan)}
        />
      )}
      {!busy && plan && !report && !failed && !survey.error && (
        <div>
          <Button onClick={() => read(plan)}>{m.read}</Button>
        </div>
      )}
      {report && plan && (
        <div className={css.report} data-faint={busy}>
          <Contents dataset={dataset} report={report} plan={plan} planning={planning} onFiles={onFiles} />
        </div>
      )}
      {report && (
        <div className={css.foot}>
          <Button onClick={onNext} disabled={busy}>
            {m.next}
          </Button>
        </div>
      )}
    </>
  );
}

function FormatChoice(props: { dataset: Dataset; plan: Plan | null; disabled: boolean; onRead: (plan: Plan) => void }) {
  const { dataset, plan, disabled, onRead } = props;
  const formats = useQuery(formatsQuery);
  const found = dataset.found ?? [];
  const nameOf = (id: string) => formats.data?.find(format => format.id === id)?.name ?? id;
  const readable = knownFirst(formats.data?.filter(format => format.reads) ?? []);
  const isFound = plan !== null && found.some(each => each.format === plan.format && each.place === plan.place);
  const places = [...new Set(["", ...found.map(each => each.place)])];
  return (
    <Section title={m.format}>
      <Panel>
        <div className={css.stack}>
          <p className="soft">{found.length > 0 ? m.formatText : m.unknownText}</p>
          {found.length === 0 && <strong>{m.unknown}</strong>}
          <FoundList found={found} plan={plan} nameOf={nameOf} disabled={disabled} onRead={onRead} />
          <Problem problem={formats.error} retry={() => formats.refetch()} />
          {formats.isPending ? (
            <Waiting rows={1} height={58} label={m.loading} />
          ) : (
            <div className={css.fields}>
              <NativeSelect
                label={m.otherFormat}
                value={isFound || !plan ? "" : plan.format}
                disabled={disabled}
                onChange={event => {
                  const format = event.currentTarget.value;
                  if (format) onRead(readAs(plan, { format, place: plan?.place ?? "" }));
                }}
                data={[{ value: "", label: m.chooseFormat }, ...readable.map(format => ({ value: format.id, label: format.name }))]}
              />
              {places.length > 1 && !isFound && plan && (
                <NativeSelect
                  label={m.place}
                  value={plan.place}
                  disabled={disabled}
                  onChange={event => onRead(readAs(plan, { format: plan.format, place: event.currentTarget.value }))}
                  data={places.map(place => ({ value: place, label: place || m.placeAll }))}
                />
              )}
            </div>
          )}
          {plan && <Details key={plan.format} plan={plan} disabled={disabled} onRead={onRead} />}
        </div>
      </Panel>
    </Section>
  );
}

function FoundList(props: {
  found: readonly Found[];
  plan: Plan | null;
  nameOf: (id: string) => string;
  disabled: boolean;
  onRead: (plan: Plan) => void;
}) {
  const { found, plan, nameOf, disabled, onRead } = props;
  const group = useId();
  if (found.length === 0) return null;
  return (
    <fieldset className={css.found}>
      <legend className="visually-hidden">{m.format}</legend>
      {found.map(each => {
        const isChosen = plan?.format === each.format && plan.place === each.place;
        return (
          <RadioCard
            key={`${each.format} ${each.place}`}
            group={group}
            checked={isChosen}
            disabled={disabled}
            onChoose={() => onRead(readAs(plan, each))}
            title={
              <>
                <strong>{nameOf(each.format)}</strong>
                <span className="soft" dir="auto">
                  {each.place ? m.inPlace(each.place) : m.whole}
                </span>
                <span className="meta">{m.certainty(percent(each.certainty, 0))}</span>
              </>
            }
          >
            <span className="meta">{each.reason}</span>
          </RadioCard>
        );
      })}
    </fieldset>
  );
}

/** What some formats leave unsaid: where pixels are counted from, what classes are called, how large pictures are. */
function Details({ plan, disabled, onRead }: { plan: Plan; disabled: boolean; onRead: (plan: Plan) => void }) {
  const asks = detailsOf(plan.format);
  if (!asks.zero && !asks.names && !asks.size) return null;
  const isSaid = Boolean(plan.voc_from_zero || plan.class_names?.length || plan.assumed_size);
  return (
    <details className={css.details} open={isSaid}>
      <summary>{m.details}</summary>
      <form
        className={css.stack}
        onSubmit={event => {
          event.preventDefault();
          onRead({ ...plan, ...saidIn(new FormData(event.currentTarget)) });
        }}
      >
        {asks.zero && (
          <Checkbox name="zero" label={m.zero} description={m.zeroText} defaultChecked={plan.voc_from_zero ?? false} disabled={disabled} />
        )}
        {asks.names && (
          <Textarea
            name="names"
            label={m.names}
            description={m.namesText}
            defaultValue={plan.class_names?.join("\n")}
            autosize
            minRows={2}
            maxRows={12}
            disabled={disabled}
          />
        )}
        {asks.size && (
          <div className={css.fields}>
            <NumberInput
              name="width"
              label={m.width}
              description={m.sizeText}
              defaultValue={plan.assumed_size?.width_px ?? ""}
              min={1}
              allowDecimal={false}
              hideControls
              disabled={disabled}
            />
            <NumberInput
              name="height"
              label={m.height}
              description={m.sizeText}
              defaultValue={plan.assumed_size?.height_px ?? ""}
              min={1}
              allowDecimal={false}
              hideControls
              disabled={disabled}
            />
          </div>
        )}
        <div>
          <Button type="submit" variant="default" disabled={disabled}>
            {m.readAgain}
          </Button>
        </div>
      </form>
    </details>
  );
}

function saidIn(form: FormData): Pick<Plan, "voc_from_zero" | "class_names" | "assumed_size"> {
  const said: Pick<Plan, "voc_from_zero" | "class_names" | "assumed_size"> = {};
  const names = String(form.get("names") ?? "")
    .split("\n")
    .map(name => name.trim());
  while (names.at(-1) === "") names.pop();
  const width = Number(form.get("width") ?? 0);
  const height = Number(form.get("height") ?? 0);
  if (form.has("zero")) said.voc_from_zero = true;
  if (names.length > 0) said.class_names = names;
  if (width > 0 && height > 0) said.assumed_size = { width_px: width, height_px: height };
  return said;
}

function Contents(props: { dataset: Dataset; report: Report; plan: Plan; planning: Planning; onFiles: () => void }) {
  const { dataset, report, plan, planning, onFiles } = props;
  const looks = looksOf(report.classes, plan, planning.looks);
  const f = m.figures;
  const kinds = (["annotation", "prediction", "draft", "skipped", "gold"] as const)
    .map(kind => ({ kind, number: report.opinions[kind] ?? 0 }))
    .filter(each => each.number > 0);
  const people = report.contributors.filter(row => row.name !== "" && row.inputs > 0).length;
  return (
    <>
      <Section title={m.holds} aside={<span className="meta">{m.holdsFiles(count(dataset.files), bytes(dataset.bytes))}</span>}>
        <Figures>
          <Figure
            label={f.inputs}
            value={count(report.inputs)}
            note={report.pictures_missing > 0 ? f.missing(count(report.pictures_missing)) : f.allThere}
          />
          <Figure label={f.objects} value={count(report.objects)} note={f.classes(count(report.classes.length))} />
          <Figure
            label={f.opinions}
            value={count(kinds.reduce((sum, each) => sum + each.number, 0))}
            note={[...kinds.map(each => f[each.kind](count(each.number))), f.by(count(people))].join(", ")}
          />
          <Figure
            label={f.agreement}
            value={report.agreement?.f1?.toFixed(2) ?? enDash}
            note={
              report.agreement
                ? f.agreementOf(count(report.agreement.inputs), count(report.agreement.annotators), report.agreement.alpha?.toFixed(2))
                : f.agreementNone
            }
          />
          <Figure label={f.faults} value={count(report.faults)} note={report.faults > 0 ? f.faultsSome : f.faultsNone} />
        </Figures>
        {report.pictures_missing > 0 && (
          <div className={css.notice} role="status">
            <Icon name="warning" />
            <p>{m.picturesMissing(count(report.pictures_missing), count(report.inputs))}</p>
            <Button variant="default" onClick={onFiles}>
              {m.addPictures}
            </Button>
          </div>
        )}
        <ClassChips report={report} looks={looks} />
      </Section>
      <Samples dataset={dataset} report={report} plan={plan} looks={looks} />
      <Faults report={report} />
      <Suspicions report={report} />
    </>
  );
}

const chipsMax = 40;

function ClassChips({ report, looks }: { report: Report; looks: ReturnType<typeof looksOf> }) {
  if (report.classes.length === 0) return null;
  return (
    <ul className={css.chips} aria-label={m.classes}>
      {frequentFirst(report.classes)
        .slice(0, chipsMax)
        .map(row => (
          <li key={row.name}>
            <span className={css.dot} style={{ background: looks.get(row.name)?.colour }} />
            <span dir="auto">{row.name}</span>
            <span className="soft numbers">{count(row.objects)}</span>
          </li>
        ))}
      {report.classes.length > chipsMax && <li className="soft">{m.more(count(report.classes.length - chipsMax))}</li>}
    </ul>
  );
}

const faultsMax = 10;

/** Records that could not be read, each with its place. */
export function Faults({ report, title = m.faultsTitle }: { report: Report; title?: string }) {
  const [all, setAll] = useState(false);
  if (report.faults === 0) return null;
  const shown = all ? report.first_faults : report.first_faults.slice(0, faultsMax);
  return (
    <Section title={title}>
      <Table label={title}>
        <thead>
          <tr>
            <th scope="col" data-wide>
              {m.faultColumns.file}
            </th>
            <th scope="col" data-wide>
              {m.faultColumns.place}
            </th>
            <th scope="col">{m.faultColumns.message}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(fault => (
            <tr key={`${fault.file} ${fault.place} ${fault.message}`}>
              <td data-wide data-clip title={fault.file} dir="auto">
                {fault.file}
              </td>
              <td data-wide>
                <code>{fault.place || enDash}</code>
              </td>
              <td data-wrap>
                {fault.message.charAt(0).toUpperCase() + fault.message.slice(1)}
                <span data-narrow className="meta" dir="auto">
                  {[fault.file, fault.place].filter(Boolean).join(", ")}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {shown.length < report.first_faults.length && (
        <div>
          <Button variant="default" onClick={() => setAll(true)}>
            {m.showAll(count(report.first_faults.length))}
          </Button>
        </div>
      )}
      {report.faults > report.first_faults.length && shown.length === report.first_faults.length && (
        <p className="meta">{m.moreFaults(count(report.faults - report.first_faults.length))}</p>
      )}
    </Section>
  );
}

function Suspicions({ report }: { report: Report }) {
  if (report.suspicions.length === 0) return null;
  return (
    <Section title={m.suspicions}>
      <Panel flush>
        <ul className={css.suspicions}>
          {report.suspicions.map(each => (
            <li key={each.kind}>
              <details>
                <summary>{m.suspicion(each.kind, count(each.count))}</summary>
                <ul>
                  {each.examples.map(example => (
                    <li key={`${example.sample} ${example.message}`}>
                      <span className="soft" dir="auto">
                        {m.example(example.sample, example.class)}
                      </span>{" "}
                      {example.message}
                    </li>
                  ))}
                </ul>
              </details>
            </li>
          ))}
        </ul>
      </Panel>
    </Section>
  );
}

/** Whether the last job tried out this very plan and ended well. */
export const isTried = (dataset: Dataset, plan: Plan): boolean =>
  dataset.job?.kind === "survey_dataset" && dataset.job.state === "done" && isOf(plan, planOf(dataset));
