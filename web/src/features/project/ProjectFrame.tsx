import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { Page } from "../../components/Page";
import { Empty, Waiting } from "../../components/Panel";
import { isMissing, Problem } from "../../components/Problem";
import { project as m } from "../../messages/en/project";
import { projects } from "../../messages/en/projects";
import { ProjectState } from "../projects/ProjectState";
import css from "./ProjectFrame.module.css";
import { type ProjectView, projectQuery } from "./queries";

/** What all pages of one project share: its name, its places, and that it may be missing. */
export function ProjectFrame(props: {
  projectId: string;
  /** The page within the project; none for its own page. */
  title?: string;
  action?: (project: ProjectView) => ReactNode;
  lead?: ReactNode;
  wide?: boolean;
  children: (project: ProjectView) => ReactNode;
}) {
  const { projectId, title, action, lead, wide = false, children } = props;
  const project = useQuery(projectQuery(projectId));
  const crumbs = [{ label: projects.title, href: "/projects" }];
  if (isMissing(project.error)) {
    return (
      <Page title={m.missing} crumbs={crumbs} wide={wide}>
        <Empty action={<Link href="/projects">{m.toProjects}</Link>}>
          <p>{m.missingText}</p>
        </Empty>
      </Page>
    );
  }
  if (!project.data) {
    return (
      <Page title={title ?? projects.title} crumbs={crumbs} wide={wide}>
        {project.error ? (
          <Problem problem={project.error} retry={() => project.refetch()} />
        ) : (
          <Waiting rows={5} height={64} label={m.loading} />
        )}
      </Page>
    );
  }

  return (
    <Page
      title={title ?? project.data.name}
      crumbs={title ? [...crumbs, { label: project.data.name, href: `/projects/${projectId}` }] : crumbs}
      lead={
        lead ??
        (!title && (
          <>
            <ProjectState state={project.data.state} />
            {project.data.synthetic && <span className="meta">{projects.synthetic}</span>}
            {project.data.description && <span dir="auto">{project.data.description}</span>}
          </>
        ))
      }
      action={action?.(project.data)}
      wide={wide}
    >
      <Places projectId={projectId} />
      {children(project.data)}
    </Page>
  );
}

function Places({ projectId }: { projectId: string }) {
  const [location] = useLocation();
  const base = `/projects/${projectId}`;
  const places = [
    { href: base, label: m.places.overview },
    { href: `${base}/tasks`, label: m.places.tasks },
    { href: `${base}/quality`, label: m.places.quality },
    { href: `${base}/gold`, label: m.places.gold },
    { href: `${base}/contributors`, label: m.places.contributors },
    { href: `${base}/ontology`, label: m.places.ontology },
    { href: `${base}/releases`, label: m.places.releases },
    { href: `${base}/settings`, label: m.places.settings },
  ];
  const isHere = (href: string) => (href === base ? location === base : location.startsWith(href));
  return (
    <nav className={css.places} aria-label={m.places.label}>
      {places.map(place => (
        <Link
          key={place.href}
          href={place.href}
          aria-current={isHere(place.href) ? "page" : undefined}
          ref={isHere(place.href) ? showPlace : null}
        >
          {place.label}
        </Link>
      ))}
    </nav>
  );
}

/** On a phone the row of places scrolls: the one where one is comes into sight. */
export function showPlace(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: "nearest", inline: "center" });
}
