import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { Empty, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { contributors as m } from "../../messages/en/contributors";
import { people } from "../../messages/en/people";
import { ProjectFrame } from "../project/ProjectFrame";
import { contributorsQuery } from "../project/queries";
import { Proposals } from "../quality/Proposals";
import { contributorsQualityQuery } from "../quality/queries";
import { ContributorTable } from "./ContributorTable";

/** Everybody who worked on a project. */
export default function ContributorsPage({ projectId }: { projectId: string }) {
  const rows = useQuery(contributorsQuery(projectId));
  const quality = useQuery(contributorsQualityQuery(projectId)).data ?? [];
  const sorted = rows.data?.toSorted((a, b) => b.responses - a.responses) ?? [];
  return (
    <ProjectFrame
      projectId={projectId}
      title={m.title}
      action={() => (
        <Button component={Link} href="/people?invite">
          {people.invite}
        </Button>
      )}
    >
      {() => (
        <>
          <Problem problem={rows.error} retry={() => rows.refetch()} />
          {rows.isPending && <Waiting rows={6} label={m.loading} />}
          {rows.data && sorted.length === 0 && (
            <Empty title={m.empty}>
              <p>{m.emptyText}</p>
            </Empty>
          )}
          {sorted.length > 0 && (
            <>
              <Proposals projectId={projectId} rows={quality} />
              <ContributorTable projectId={projectId} rows={sorted} />
              <p className="meta">{m.note}</p>
            </>
          )}
        </>
      )}
    </ProjectFrame>
  );
}
