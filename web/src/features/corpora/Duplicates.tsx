import { Button } from "@mantine/core";
import { useSearchParams } from "wouter";
import { count, short } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Page";
import { Empty, Panel } from "../../components/Panel";
import { csvOf } from "../../components/plots/csv";
import { PlotFrame } from "../../components/plots/PlotFrame";
import { linear } from "../../components/plots/scales";
import { State } from "../../components/State";
import { useListKeys } from "../../components/useListKeys";
import { corpora as m } from "../../messages/en/corpora";
import { withParam } from "../tasks/filters";
import css from "./Duplicates.module.css";
import examples from "./Examples.module.css";
import { MarkedText, type MarkTone } from "./MarkedText";
import type { Cluster, Clusters, Member, Report, Span } from "./server";
import { useSteps } from "./useSteps";

/** Near-duplicates of each MinHash step: how large clusters are, and some of them side by side. */
export function Duplicates({ report }: { report: Report }) {
  if (report.clusters.length === 0) return <Empty title={m.clusters.none} />;
  return (
    <>
      {report.clusters.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the pipeline
        <StepClusters key={index} name={report.name} step={step} prefix={index === 0 ? "" : `${index + 1}.`} />
      ))}
    </>
  );
}

function StepClusters({ name, step, prefix }: { name: string; step: Clusters; prefix: string }) {
  return (
    <Section
      title={step.step}
      aside={<span className="soft">{m.clusters.found(count(step.cluster_count), count(step.document_count))}</span>}
    >
      {step.keep && <p className="soft">{m.clusters.keeps(step.keep)}</p>}
      {step.note && <p className={css.note}>{step.note}</p>}
      {step.sizes.length > 0 && <SizePlot name={name} step={step} />}
      {step.shown.length > 0 && <Browser step={step} prefix={prefix} />}
    </Section>
  );
}

const sizeLabel = ({ from, to }: Clusters["sizes"][number]): string => (from === to ? count(from) : `${count(from)}–${count(to)}`);

const ROW = 24;

function SizePlot({ name, step }: { name: string; step: Clusters }) {
  const { sizes } = step;
  const most = Math.max(1, ...sizes.map(size => size.clusters));
  const height = sizes.length * ROW + 4;
  return (
    <PlotFrame
      title={m.clusters.sizes}
      file={`${name}-clusters`}
      csv={() =>
        csvOf(
          ["documents_from", "documents_to", "clusters"],
          sizes.map(size => [size.from, size.to, size.clusters]),
        )
      }
    >
      {width => {
        const x = linear([0, most], [88, width - 72]);
        return (
          <svg className="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={m.clusters.sizes}>
            {sizes.map((size, i) => (
              <g key={size.from}>
                <text className="plot-soft" x="80" y={i * ROW + 16} textAnchor="end">
                  {sizeLabel(size)}
                </text>
                <rect className="plot-flow" x={x(0)} y={i * ROW + 5} width={Math.max(1, x(size.clusters) - x(0))} height="14" />
                <text x={x(size.clusters) + 8} y={i * ROW + 16}>
                  {count(size.clusters)}
                </text>
              </g>
            ))}
          </svg>
        );
      }}
    </PlotFrame>
  );
}

/** The clusters at the left, the chosen one's documents beside each other at the right. */
function Browser({ step, prefix }: { step: Clusters; prefix: string }) {
  const [params, setParams] = useSearchParams();
  const [clusterParam, memberParam] = [`${prefix}cluster`, `${prefix}member`];
  const at = Math.max(
    0,
    step.shown.findIndex(cluster => String(cluster.number) === params.get(clusterParam)),
  );
  const cluster = step.shown[at];
  const select = (index: number) => {
    const next = step.shown[index];
    if (next && index !== at)
      setParams(params => withParam(withParam(params, clusterParam, String(next.number)), memberParam, null), { replace: true });
  };
  useSteps(by => prefix === "" && select(Math.min(Math.max(at + by, 0), step.shown.length - 1)));
  const keys = useListKeys();
  if (!cluster) return null;
  return (
    <div className={examples.split}>
      <ul className={examples.list} aria-label={m.clusters.list} {...keys}>
        {step.shown.map((each, index) => (
          <li key={each.number}>
            <button
              type="button"
              data-row
              aria-current={index === at ? "true" : undefined}
              onFocus={() => select(index)}
              onClick={() => select(index)}
            >
              <span>{m.clusters.documents(count(each.size))}</span>
              <span className="meta" dir="auto">
                {[each.members[0]?.id, each.is_largest ? m.clusters.largest : m.clusters.drawn].join(", ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Panel>
        <Side
          key={cluster.number}
          step={step}
          cluster={cluster}
          at={at}
          all={step.shown.length}
          chosen={params.get(memberParam)}
          onChoose={member => setParams(params => withParam(params, memberParam, member), { replace: true })}
          onStep={by => select(at + by)}
        />
      </Panel>
    </div>
  );
}

function Side(props: {
  step: Clusters;
  cluster: Cluster;
  at: number;
  all: number;
  chosen: string | null;
  onChoose: (member: string) => void;
  onStep: (by: number) => void;
}) {
  const { step, cluster, at, all, chosen, onChoose, onStep } = props;
  const [first, ...others] = cluster.members;
  const other = others[Math.min(Math.max(Number(chosen ?? 1) - 1, 0), others.length - 1)];
  if (!first || !other) return null;
  return (
    <div className={examples.reading}>
      <header className={examples.head}>
        <div>
          <h2>{m.clusters.documents(count(cluster.size))}</h2>
          {cluster.size > cluster.members.length && <p className="meta">{m.clusters.more(count(cluster.size - cluster.members.length))}</p>}
        </div>
        <span className={examples.steps}>
          <Button variant="default" size="xs" disabled={at === 0} aria-label={m.clusters.previous} onClick={() => onStep(-1)}>
            <Icon name="up" size={16} />
          </Button>
          <span className="numbers soft">{m.examples.of(count(at + 1), count(all))}</span>
          <Button variant="default" size="xs" disabled={at === all - 1} aria-label={m.clusters.next} onClick={() => onStep(1)}>
            <Icon name="down" size={16} />
          </Button>
        </span>
      </header>
      {others.length > 1 && (
        <div className={css.choice} role="toolbar" aria-label={m.clusters.compareWith}>
          <span className="soft">{m.clusters.compareWith}</span>
          {others.map((each, i) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a member is its place in the cluster
              key={i}
              type="button"
              aria-pressed={each === other}
              onClick={() => onChoose(String(i + 1))}
              dir="auto"
              title={each.id}
            >
              {short(each.id, 24)}
            </button>
          ))}
        </div>
      )}
      <div className={css.pair}>
        <Document
          member={first}
          spans={other.lacking}
          tone="lacking"
          why={first.is_kept ? m.clusters.why(step.keep, count(first.characters)) : null}
        />
        <Document member={other} spans={other.extra} tone="extra" why={null} />
      </div>
      <p className="meta">{m.clusters.legend}</p>
    </div>
  );
}

function Document({ member, spans, tone, why }: { member: Member; spans: readonly Span[]; tone: MarkTone; why: string | null }) {
  return (
    <section className={css.document} aria-label={member.id}>
      <p className={examples.fate}>
        {member.is_kept ? (
          <State tone="good" icon="check">
            {m.clusters.stays}
          </State>
        ) : (
          <State tone="attention" icon="cross">
            {m.clusters.goes}
          </State>
        )}
        {why && <span className="soft">{why}</span>}
      </p>
      <h3 dir="auto">{member.id}</h3>
      <p className="meta">
        {m.examples.words(count(member.words))}, {m.clusters.characters(count(member.characters))}
        {typeof member.score === "number" && `, ${m.clusters.score(String(Number(member.score.toFixed(4))))}`}
      </p>
      {typeof member.text === "string" ? (
        <MarkedText text={member.text} spans={spans} isCut={member.is_cut} tone={tone} />
      ) : (
        <p className="soft">{m.clusters.noText}</p>
      )}
    </section>
  );
}
