import { Button, Checkbox, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Checkbox.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { api, ask } from "../../api/client";
import { Dialog, DialogActions } from "../../components/Dialog";
import { count } from "../../components/format";
import { fieldError, Problem } from "../../components/Problem";
import { releases as m } from "../../messages/en/releases";
import { shell } from "../../messages/en/shell";
import { auditsQuery, type ProjectView, progressQuery } from "../project/queries";

/** Asks for a release of everything that is done; a job builds it. */
export function PublishDialog({ project, open, onClose }: { project: ProjectView; open: boolean; onClose: () => void }) {
  const [, go] = useLocation();
  const client = useQueryClient();
  // What is published is as it stands now, not as it was when the page was opened.
  const progress = useQuery({ ...progressQuery(project.id), enabled: open, staleTime: 0 });
  const audits = useQuery({ ...auditsQuery(project.id), enabled: open, staleTime: 0 });
  const [licence, setLicence] = useState("");
  const [copy, setCopy] = useState(false);
  const [unassayed, setUnassayed] = useState(false);
  const judged = audits.data?.reduce((sum, audit) => sum + audit.answered, 0) ?? 0;
  const publish = useMutation({
    mutationFn: () =>
      ask(
        api.POST("/api/v1/projects/{projectId}/releases", {
          params: { path: { projectId: project.id } },
          body: { accept_unassayed: unassayed, images: copy ? "copy" : "reference", licence: licence.trim() || null },
        }),
      ),
    onSuccess: async release => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ["projects", project.id, "releases"] }),
        client.invalidateQueries({ queryKey: ["jobs"] }),
      ]);
      onClose();
      go(`/projects/${project.id}/releases/${release.id}`);
    },
  });
  const done = progress.data?.done ?? 0;
  return (
    <Dialog open={open} onClose={onClose} title={m.publish}>
      <p className="soft">{m.publishText(count(done))}</p>
      <p>{judged > 0 ? m.willMeasure(count(judged)) : m.notMeasured}</p>
      {judged === 0 && (
        <Checkbox
          label={m.acceptUnassayed}
          description={m.acceptUnassayedText}
          checked={unassayed}
          onChange={event => setUnassayed(event.currentTarget.checked)}
        />
      )}
      <Checkbox
        label={m.copyImages}
        description={m.copyImagesText}
        checked={copy}
        onChange={event => setCopy(event.currentTarget.checked)}
      />
      <TextInput
        label={m.licence}
        description={m.licenceText}
        value={licence}
        onChange={event => setLicence(event.currentTarget.value)}
        error={fieldError(publish.error, "/licence")}
      />
      <Problem problem={publish.error} shown={["/licence"]} />
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {shell.cancel}
        </Button>
        <Button onClick={() => publish.mutate()} loading={publish.isPending} disabled={done === 0 || (judged === 0 && !unassayed)}>
          {m.publishNow}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
