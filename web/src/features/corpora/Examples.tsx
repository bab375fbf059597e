import { Button, Select, TextInput } from "@mantine/core";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/ScrollArea.css";
import { useSearchParams } from "wouter";
import { count, enDash } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Empty, Panel } from "../../components/Panel";
import { State } from "../../components/State";
import { useListKeys } from "../../components/useListKeys";
import { corpora as m } from "../../messages/en/corpora";
import { withParam } from "../tasks/filters";
import css from "./Examples.module.css";
import { chosen, groupsOf, keyOf } from "./examples";
import { MarkedText } from "./MarkedText";
import type { Example, Report } from "./server";
import { useSteps } from "./useSteps";

/** Documents to look at, filtered by step and reason and searched; beside them the one that is read. */
export function Examples({ report }: { report: Report }) {
  const [params, setParams] = useSearchParams();
  const reason = params.get("reason");
  const words = params.get("q") ?? "";
  const rows = chosen(report.examples, reason, words);
  const at = Math.max(
    0,
    rows.findIndex(row => placeOf(row) === params.get("document")),
  );
  const select = (index: number) => {
    const row = rows[index];
    if (row) setParams(params => withParam(params, "document", placeOf(row)), { replace: true });
  };
  useSteps(step => select(Math.min(Math.max(at + step, 0), rows.length - 1)));
  if (report.examples.length === 0) return <Empty title={m.examples.noneAtAll} />;
  const shown = rows[at];
  return (
    <>
      <div className={css.filters}>
        <Select
          aria-label={m.examples.fate}
          value={reason ?? ""}
          onChange={value => setParams(params => withParam(withParam(params, "reason", value), "document", null), { replace: true })}
          data={[
            { value: "", label: m.examples.all },
            ...groupsOf(report).map(group => ({
              value: group.key,
              label: `${group.reason === null ? m.examples.kept : `${group.reason}  (${group.step})`}  ${enDash} ${count(group.documents)}`,
            })),
          ]}
          allowDeselect={false}
          maxDropdownHeight={420}
        />
        <TextInput
          type="search"
          data-search
          aria-label={m.examples.search}
          placeholder={m.examples.search}
          leftSection={<Icon name="search" size={16} />}
          value={words}
          onChange={event => {
            const value = event.currentTarget.value;
            setParams(params => withParam(withParam(params, "q", value), "document", null), { replace: true });
          }}
        />
      </div>
      {shown ? (
        <div className={css.split}>
          <List rows={rows} at={at} onSelect={select} />
          <Panel>
            <Reading key={placeOf(shown)} example={shown} at={at} all={rows.length} onStep={step => select(at + step)} />
          </Panel>
        </div>
      ) : (
        <Empty>
          <p>{m.examples.none}</p>
        </Empty>
      )}
      <p className="meta">
        {m.examples.drawn(count(report.clipping.examples_per_reason))} {m.examples.keys}
      </p>
    </>
  );
}

/** Ids may repeat among documents; with their kind they hardly do. */
const placeOf = (example: Example): string => `${keyOf(example)}:${example.id}`;

function List({ rows, at, onSelect }: { rows: readonly Example[]; at: number; onSelect: (index: number) => void }) {
  const keys = useListKeys();
  return (
    <ul className={css.list} aria-label={m.examples.list} {...keys}>
      {rows.map((row, index) => (
        <li key={placeOf(row)}>
          <button
            type="button"
            data-row
            aria-current={index === at ? "true" : undefined}
            onFocus={() => onSelect(index)}
            onClick={() => onSelect(index)}
          >
            <span dir="auto">{row.id}</span>
            <span className="meta">{row.is_kept ? m.examples.stays : row.reason}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Reading(props: { example: Example; at: number; all: number; onStep: (step: number) => void }) {
  const { example, at, all, onStep } = props;
  const spans = example.rules.flatMap(rule => rule.spans);
  return (
    <article className={css.reading} aria-label={example.id}>
      <header className={css.head}>
        <div>
          <h2 dir="auto">{example.id}</h2>
          <p className="meta">
            {m.examples.words(count(example.words))}
            {example.file && `, ${example.file}`}
            {typeof example.line === "number" && `, ${m.examples.line(count(example.line))}`}
          </p>
        </div>
        <span className={css.steps}>
          <Button variant="default" size="xs" disabled={at === 0} aria-label={m.examples.previous} onClick={() => onStep(-1)}>
            <Icon name="up" size={16} />
          </Button>
          <span className="numbers soft">{m.examples.of(count(at + 1), count(all))}</span>
          <Button variant="default" size="xs" disabled={at === all - 1} aria-label={m.examples.next} onClick={() => onStep(1)}>
            <Icon name="down" size={16} />
          </Button>
        </span>
      </header>
      <p className={css.fate}>
        {example.is_kept ? (
          <State tone="good" icon="check">
            {m.examples.stays}
          </State>
        ) : (
          <>
            <State tone="attention" icon="cross">
              {m.examples.goes}
            </State>
            <span>
              <strong>{example.reason}</strong> <span className="soft">{example.step}</span>
            </span>
          </>
        )}
      </p>
      {example.rules.length > 0 && <Rules example={example} />}
      <MarkedText text={example.text} spans={spans} isCut={example.is_cut} />
      {spans.length > 0 && <p className="meta">{m.examples.marked}</p>}
    </article>
  );
}

/** The rule that decided stands first; the others fold away. */
function Rules({ example }: { example: Example }) {
  const deciding = example.rules.filter((rule, i) => i === 0 || rule.falls);
  const others = example.rules.filter(rule => !deciding.includes(rule));
  return (
    <div>
      <table className={css.rules}>
        <caption className="visually-hidden">{m.examples.rules}</caption>
        <thead>
          <tr>
            <th scope="col">{m.examples.rule}</th>
            <th scope="col" data-number>
              {m.examples.value}
            </th>
            <th scope="col">{m.examples.threshold}</th>
          </tr>
        </thead>
        <tbody>
          {deciding.map(rule => (
            <RuleRow key={rule.rule} rule={rule} isDeciding={rule.rule === example.reason} />
          ))}
        </tbody>
      </table>
      {others.length > 0 && (
        <details className={css.others}>
          <summary>{m.examples.others(count(others.length))}</summary>
          <table className={css.rules}>
            <tbody>
              {others.map(rule => (
                <RuleRow key={rule.rule} rule={rule} isDeciding={false} />
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  );
}

function RuleRow({ rule, isDeciding }: { rule: Example["rules"][number]; isDeciding: boolean }) {
  const threshold = numberOf(rule.threshold);
  return (
    <tr data-falls={rule.falls || undefined}>
      <td>
        {rule.rule} {isDeciding && <span className="meta">{m.examples.decided}</span>}
      </td>
      <td data-number>{numberOf(rule.value)}</td>
      <td>{rule.comparison === "above" ? m.examples.above(threshold) : m.examples.below(threshold)}</td>
    </tr>
  );
}

const numberOf = (value: number | null | undefined): string => (typeof value === "number" ? String(Number(value.toFixed(4))) : enDash);
