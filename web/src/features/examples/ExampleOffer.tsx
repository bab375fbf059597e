import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog, DialogActions } from "../../components/Dialog";
import { Problem } from "../../components/Problem";
import { examples as m } from "../../messages/en/examples";
import { shell } from "../../messages/en/shell";
import { makeExample } from "./server";

/** Offers what was decided last as an example for everybody; it stands in the line above, so that nothing moves. */
export function ExampleOffer({ projectId, last }: { projectId: string; last: { review: string; name: string } }) {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  if (made === last.review)
    return (
      <span className="meta" role="status">
        {m.made}
      </span>
    );
  return (
    <>
      <Button variant="subtle" size="compact-xs" title={m.offer(last.name)} onClick={() => setOpen(true)}>
        {m.show}
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title={m.dialog}>
        {isOpen && (
          <Form
            projectId={projectId}
            last={last}
            onClose={() => setOpen(false)}
            onMade={() => {
              setMade(last.review);
              setOpen(false);
            }}
          />
        )}
      </Dialog>
    </>
  );
}

function Form(props: { projectId: string; last: { review: string; name: string }; onClose: () => void; onMade: () => void }) {
  const { projectId, last, onClose, onMade } = props;
  const client = useQueryClient();
  const [caption, setCaption] = useState("");
  const make = useMutation({
    mutationFn: () => makeExample(last.review, caption.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["projects", projectId, "examples"] });
      onMade();
    },
  });
  return (
    <>
      <p className="soft">
        {m.offer(last.name)} {m.explain}
      </p>
      <Textarea
        label={m.caption}
        description={m.captionHelp}
        autosize
        minRows={2}
        maxRows={5}
        maxLength={500}
        value={caption}
        onChange={event => setCaption(event.currentTarget.value)}
        data-first
      />
      <Problem problem={make.error} />
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {shell.cancel}
        </Button>
        <Button loading={make.isPending} disabled={caption.trim() === ""} onClick={() => make.mutate()}>
          {m.make}
        </Button>
      </DialogActions>
    </>
  );
}
