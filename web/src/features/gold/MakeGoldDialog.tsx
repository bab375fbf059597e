import { Button, NumberInput } from "@mantine/core";
import "@mantine/core/styles/NumberInput.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog, DialogActions } from "../../components/Dialog";
import { Problem } from "../../components/Problem";
import { gold as m } from "../../messages/en/gold";
import { shell } from "../../messages/en/shell";
import { type Made, makeGold } from "./server";

/** Makes gold of the surest reviewed tasks. */
export function MakeGoldDialog(props: { projectId: string; open: boolean; onClose: () => void; onMade: (made: Made) => void }) {
  const { projectId, open, onClose, onMade } = props;
  const client = useQueryClient();
  const [typed, setTyped] = useState<number | string>(30);
  const wanted = Math.max(1, Number(typed) || 1);
  const make = useMutation({
    mutationFn: () => makeGold(projectId, { count: wanted }),
    onSuccess: async made => {
      await client.invalidateQueries({ queryKey: ["projects", projectId] });
      onMade(made);
    },
  });
  return (
    <Dialog open={open} onClose={onClose} title={m.makeTitle}>
      <p className="soft">{m.makeText}</p>
      <NumberInput label={m.makeCount} min={1} max={1000} allowDecimal={false} value={typed} onChange={setTyped} data-first />
      <Problem problem={make.error} />
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {shell.cancel}
        </Button>
        <Button loading={make.isPending} onClick={() => make.mutate()}>
          {m.makeNow(wanted)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
