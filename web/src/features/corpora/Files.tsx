import { bytes, count, enDash, short } from "../../components/format";
import { Section } from "../../components/Page";
import { Table } from "../../components/Table";
import { corpora as m } from "../../messages/en/corpora";
import type { Report } from "./server";

/** What could not be read, with its place; files that were read and written, with their digests. */
export function Files({ report }: { report: Report }) {
  return (
    <>
      <Section
        title={m.files.faults}
        aside={
          report.faults.total > 0 && (
            <span className="soft">{report.faults.codes.map(code => `${code.name} ${count(code.count)}`).join(", ")}</span>
          )
        }
      >
        {report.faults.total === 0 ? <p className="soft">{m.files.noFaults}</p> : <Faults report={report} />}
      </Section>
      <Section
        title={m.files.source}
        aside={<span className="soft">{m.files.sourceNote(count(report.source.file_count), bytes(report.source.bytes))}</span>}
      >
        <Table label={m.files.source}>
          <thead>
            <tr>
              <th scope="col">{m.files.file}</th>
              <th scope="col" data-number>
                {m.files.bytes}
              </th>
              <th scope="col" data-wide>
                {m.files.sample}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.source.files.map(file => (
              <tr key={file.file}>
                <td data-wrap>{file.file}</td>
                <td data-number>{count(file.bytes)}</td>
                <td data-wide>
                  <code title={file.sample}>{short(file.sample, 16)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Section>
      <Section title={m.files.outputs}>
        <Table label={m.files.outputs}>
          <thead>
            <tr>
              <th scope="col">{m.files.file}</th>
              <th scope="col">{m.files.holds}</th>
              <th scope="col" data-number data-wide>
                {m.files.records}
              </th>
              <th scope="col" data-number>
                {m.files.bytes}
              </th>
              <th scope="col" data-wide>
                {m.files.sha256}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.outputs.map(file => (
              <tr key={file.name}>
                <td data-wrap>{file.name}</td>
                <td>{m.files.kinds[file.kind]}</td>
                <td data-number data-wide>
                  {file.documents > 0 ? count(file.documents) : enDash}
                </td>
                <td data-number>{count(file.bytes)}</td>
                <td data-wide>
                  <code title={file.sha256}>{short(file.sha256, 16)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Section>
    </>
  );
}

function Faults({ report }: { report: Report }) {
  return (
    <Table label={m.files.faults}>
      <thead>
        <tr>
          <th scope="col">{m.files.file}</th>
          <th scope="col" data-number>
            {m.files.line}
          </th>
          <th scope="col" data-number>
            {m.files.offset}
          </th>
          <th scope="col">{m.files.code}</th>
          <th scope="col">{m.files.message}</th>
        </tr>
      </thead>
      <tbody>
        {report.faults.shown.map(fault => (
          <tr key={`${fault.file} ${fault.offset} ${fault.code}`}>
            <td data-wrap>{fault.file}</td>
            <td data-number>{typeof fault.line === "number" ? count(fault.line) : enDash}</td>
            <td data-number>{count(fault.offset)}</td>
            <td>{fault.code}</td>
            <td data-wrap>{fault.message}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
