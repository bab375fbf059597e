import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { Dialog, DialogActions } from "../../components/Dialog";
import { Icon } from "../../components/Icon";
import { Page } from "../../components/Page";
import { Empty, Waiting } from "../../components/Panel";
import { isMissing, Problem } from "../../components/Problem";
import { Time } from "../../components/Time";
import { corpora as m } from "../../messages/en/corpora";
import { shell } from "../../messages/en/shell";
import { showPlace } from "../project/ProjectFrame";
import frame from "../project/ProjectFrame.module.css";
import { Comparison } from "./Comparison";
import css from "./CorpusPage.module.css";
import { Duplicates } from "./Duplicates";
import { Examples } from "./Examples";
import { Files } from "./Files";
import { Overview } from "./Overview";
import { type Corpus, corpusQuery, deleteCorpus } from "./server";

export type Place = "overview" | "examples" | "duplicates" | "files" | "compare";

/** One shared report: its places, what is missing in it, and the way to delete it. */
export default function CorpusPage({ corpusId, place }: { corpusId: string; place: Place }) {
  const corpus = useQuery(corpusQuery(corpusId));
  const crumbs = [{ label: m.title, href: "/corpora" }];
  if (isMissing(corpus.error)) {
    return (
      <Page title={m.missing} crumbs={crumbs}>
        <Empty action={<Link href="/corpora">{m.toCorpora}</Link>}>
          <p>{m.missingText}</p>
        </Empty>
      </Page>
    );
  }
  if (!corpus.data) {
    return (
      <Page title={m.title} crumbs={crumbs}>
        {corpus.error ? (
          <Problem problem={corpus.error} retry={() => corpus.refetch()} />
        ) : (
          <Waiting rows={5} height={64} label={m.loading} />
        )}
      </Page>
    );
  }

  const { report } = corpus.data;
  return (
    <Page title={report.name} crumbs={crumbs} lead={<Lead corpus={corpus.data} />} action={<Delete corpus={corpus.data} />}>
      <Places corpusId={corpusId} place={place} />
      <Notes corpus={corpus.data} />
      {place === "overview" && <Overview report={report} corpusId={corpusId} />}
      {place === "examples" && <Examples report={report} />}
      {place === "duplicates" && <Duplicates report={report} />}
      {place === "files" && <Files report={report} />}
      {place === "compare" && <Comparison corpus={corpus.data} />}
    </Page>
  );
}

function Lead({ corpus }: { corpus: Corpus }) {
  const { report } = corpus;
  return (
    <>
      {report.finished_at && (
        <span>
          {m.finished} <Time at={report.finished_at} />
        </span>
      )}
      <span>{m.program(report.program)}</span>
      <span>
        {m.sharedBy(corpus.shared_by_name)} <Time at={corpus.corpus.shared_at} />
      </span>
    </>
  );
}

function Places({ corpusId, place }: { corpusId: string; place: Place }) {
  const base = `/corpora/${corpusId}`;
  const places: readonly { place: Place; href: string }[] = [
    { place: "overview", href: base },
    { place: "examples", href: `${base}/examples` },
    { place: "duplicates", href: `${base}/duplicates` },
    { place: "files", href: `${base}/files` },
    { place: "compare", href: `${base}/compare` },
  ];
  return (
    <nav className={frame.places} aria-label={m.places.label}>
      {places.map(each => (
        <Link
          key={each.place}
          href={each.href}
          aria-current={each.place === place ? "page" : undefined}
          ref={each.place === place ? showPlace : null}
        >
          {m.places[each.place]}
        </Link>
      ))}
    </nav>
  );
}

/** What the report lacks: files that were gone, and what was cut. */
function Notes({ corpus }: { corpus: Corpus }) {
  const { missing, clipping } = corpus.report;
  if (missing.length === 0 && clipping.notes.length === 0) return null;
  return (
    <div className={css.notes} role="note">
      <Icon name={missing.length > 0 ? "warning" : "info"} size={16} />
      <div>
        {missing.length > 0 && (
          <>
            <p>{m.missingFiles}</p>
            <ul>
              {missing.map(file => (
                <li key={file.name}>
                  <code>{file.name}</code> {file.problem}
                </li>
              ))}
            </ul>
          </>
        )}
        {clipping.notes.map(note => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </div>
  );
}

function Delete({ corpus }: { corpus: Corpus }) {
  const [open, setOpen] = useState(false);
  const [, go] = useLocation();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteCorpus(corpus.corpus.id),
    onSuccess: async () => {
      go("/corpora", { replace: true });
      client.removeQueries({ queryKey: ["corpora", corpus.corpus.id] });
      await client.invalidateQueries({ queryKey: ["corpora"], exact: true });
    },
  });
  return (
    <>
      <Button variant="default" leftSection={<Icon name="trash" size={16} />} onClick={() => setOpen(true)}>
        {m.delete}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={m.deleteTitle(corpus.report.name)}>
        <p>{m.deleteText}</p>
        <Problem problem={remove.error} />
        <DialogActions>
          <Button variant="default" data-first onClick={() => setOpen(false)}>
            {shell.cancel}
          </Button>
          <Button loading={remove.isPending} onClick={() => remove.mutate()}>
            {m.deleteNow}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
