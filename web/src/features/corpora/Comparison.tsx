import { Select } from "@mantine/core";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/ScrollArea.css";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { CopyText } from "../../components/CopyText";
import { count, enDash, percent } from "../../components/format";
import { Section } from "../../components/Page";
import { Empty, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Table } from "../../components/Table";
import { corpora as m } from "../../messages/en/corpora";
import { parametersOf, reasonsOf } from "./comparison";
import { type Corpus, corporaQuery, corpusQuery, type Report } from "./server";

/** This run beside another: what both read and kept, what each reason dropped, and which parameters differ. */
export function Comparison({ corpus }: { corpus: Corpus }) {
  const [params, setParams] = useSearchParams();
  const rows = useInfiniteQuery(corporaQuery);
  const others = (rows.data?.pages.flatMap(page => page.items) ?? []).filter(row => row.id !== corpus.corpus.id);
  const chosen = params.get("with");
  const other = useQuery({ ...corpusQuery(chosen ?? ""), enabled: chosen !== null });
  if (rows.data && others.length === 0) return <Empty title={m.compare.none} />;
  return (
    <>
      <Select
        label={m.compare.with}
        placeholder={m.compare.choose}
        value={chosen}
        onChange={value => setParams(value ? { with: value } : {}, { replace: true })}
        data={others.map(row => ({ value: row.id, label: `${row.name}  ${enDash} ${count(row.kept_documents)}` }))}
        searchable={others.length > 8}
        maw={480}
      />
      <Problem problem={rows.error ?? other.error} />
      {chosen !== null && other.isPending && <Waiting rows={4} label={m.loading} />}
      {other.data && <Sides before={corpus.report} after={other.data.report} />}
    </>
  );
}

function Sides({ before, after }: { before: Report; after: Report }) {
  const reasons = reasonsOf(before, after);
  const parameters = parametersOf(before, after);
  return (
    <>
      <Section
        title={m.compare.totals}
        aside={<span className="soft">{before.pipeline === after.pipeline ? m.compare.samePipeline : m.compare.otherPipeline}</span>}
      >
        <Table label={m.compare.totals}>
          <Head before={before} after={after} />
          <tbody>
            <Row name={m.compare.read} before={before.read.documents} after={after.read.documents} />
            <Row name={m.compare.kept} before={before.kept.documents} after={after.kept.documents} />
            <Row name={m.compare.words} before={before.kept.words} after={after.kept.words} />
            <tr>
              <td>{m.compare.share}</td>
              <td data-number>{shareOf(before)}</td>
              <td data-number>{shareOf(after)}</td>
              <td data-number>{enDash}</td>
            </tr>
          </tbody>
        </Table>
      </Section>
      {parameters.length > 0 && (
        <Section title={m.compare.parameters}>
          <Table label={m.compare.parameters}>
            <thead>
              <tr>
                <th scope="col">{m.step.name}</th>
                <th scope="col" dir="auto">
                  {before.name}
                </th>
                <th scope="col" dir="auto">
                  {after.name}
                </th>
              </tr>
            </thead>
            <tbody>
              {parameters.map(change => (
                <tr key={`${change.step} ${change.name}`}>
                  <td data-wrap>
                    {change.name || change.step} {change.name && <span className="meta">{change.step}</span>}
                  </td>
                  <td data-wrap>{change.before === null ? enDash : <code>{change.before}</code>}</td>
                  <td data-wrap>{change.after === null ? enDash : <code>{change.after}</code>}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Section>
      )}
      <Section title={m.compare.reasons}>
        <Table label={m.compare.reasons}>
          <Head before={before} after={after} />
          <tbody>
            {reasons.map(change => (
              <Row
                key={`${change.step} ${change.reason}`}
                name={change.reason}
                note={change.step}
                before={change.before}
                after={change.after}
              />
            ))}
          </tbody>
        </Table>
      </Section>
      <div>
        <p className="soft">{m.compare.note}</p>
        <CopyText value="touchstone curate compare RUN_A RUN_B --list changed.jsonl" label={m.compare.note} />
      </div>
    </>
  );
}

const shareOf = ({ read, kept }: Report): string => (read.documents > 0 ? percent(kept.documents / read.documents) : enDash);

function Head({ before, after }: { before: Report; after: Report }) {
  return (
    <thead>
      <tr>
        <th scope="col">
          <span className="visually-hidden">{m.columns.name}</span>
        </th>
        <th scope="col" data-number dir="auto">
          {before.name}
        </th>
        <th scope="col" data-number dir="auto">
          {after.name}
        </th>
        <th scope="col" data-number>
          {m.compare.difference}
        </th>
      </tr>
    </thead>
  );
}

function Row({ name, note, before, after }: { name: string; note?: string; before: number; after: number }) {
  const difference = after - before;
  return (
    <tr>
      <td data-wrap>
        {name} {note && <span className="meta">{note}</span>}
      </td>
      <td data-number>{count(before)}</td>
      <td data-number>{count(after)}</td>
      <td data-number>{difference === 0 ? enDash : `${difference > 0 ? "+" : "−"}${count(Math.abs(difference))}`}</td>
    </tr>
  );
}
