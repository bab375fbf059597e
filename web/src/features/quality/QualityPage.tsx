import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/ScrollArea.css";
import { useQuery } from "@tanstack/react-query";
import { count } from "../../components/format";
import { Section } from "../../components/Page";
import { Empty, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Time } from "../../components/Time";
import { quality as m } from "../../messages/en/quality";
import { ProjectFrame } from "../project/ProjectFrame";
import type { ProjectView } from "../project/queries";
import { useWords } from "../tasks/drawable";
import { Agreement } from "./Agreement";
import { Confusions } from "./Confusions";
import { Cost } from "./Cost";
import { People } from "./People";
import { Proposals } from "./Proposals";
import { proposalsOf } from "./proposals";
import { contributorsQualityQuery, qualityQuery } from "./queries";
import { Savings } from "./Savings";
import { SuspectsSection } from "./Suspects";

/** How good a project's labels are: what needs a decision first, then agreement, mistakes, people, and what it takes. */
export default function QualityPage({ projectId }: { projectId: string }) {
  const figures = useQuery(qualityQuery(projectId));
  return (
    <ProjectFrame
      projectId={projectId}
      title={m.title}
      lead={
        figures.data &&
        figures.data.responses > 0 && (
          <>
            <span>{m.lead(count(figures.data.responses), count(figures.data.tasks))}</span>
            {figures.data.as_of && (
              <span className="meta">
                {m.asOf} <Time at={figures.data.as_of} />
              </span>
            )}
          </>
        )
      }
    >
      {project => <Figures project={project} />}
    </ProjectFrame>
  );
}

function Figures({ project }: { project: ProjectView }) {
  const figures = useQuery(qualityQuery(project.id));
  const people = useQuery(contributorsQualityQuery(project.id));
  const looks = useWords(project.id, project.ontology_version);
  const rows = people.data ?? [];
  const proposals = proposalsOf(rows);
  return (
    <>
      {people.data && rows.length > 0 && (
        <Section title={m.proposals.title}>
          <p className="soft">{proposals.length > 0 ? m.proposals.lead : m.proposals.none}</p>
          <Proposals projectId={project.id} rows={rows} />
        </Section>
      )}
      <Problem problem={figures.error} retry={() => figures.refetch()} />
      {figures.isPending && <Waiting rows={3} height={220} label={m.loading} />}
      {figures.data?.responses === 0 && (
        <Empty title={m.empty}>
          <p>{m.emptyText}</p>
        </Empty>
      )}
      {figures.data && figures.data.responses > 0 && (
        <>
          <Agreement project={project.name} questions={figures.data.questions} />
          <Confusions project={project.name} confusion={figures.data.confusion} looks={looks} />
        </>
      )}
      <Problem problem={people.error} retry={() => people.refetch()} />
      {people.data && <People projectId={project.id} project={project.name} rows={rows} />}
      {figures.data && figures.data.responses > 0 && (
        <>
          <SuspectsSection project={project} />
          <Savings projectId={project.id} project={project.name} overlap={figures.data.overlap} />
          <Cost projectId={project.id} cost={figures.data.cost} />
        </>
      )}
    </>
  );
}
