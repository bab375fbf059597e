import { ActionIcon, Button, Checkbox, NumberInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Checkbox.css";
import "@mantine/core/styles/NumberInput.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Dialog, DialogActions } from "../../components/Dialog";
import { Icon } from "../../components/Icon";
import { Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { RadioCard } from "../../components/RadioCard";
import { exports_ as m } from "../../messages/en/exports";
import { formats as words } from "../../messages/en/formats";
import { shell } from "../../messages/en/shell";
import { knownFirst, searchFormats } from "../datasets/plan";
import { type Format, formatsQuery } from "../datasets/server";
import css from "./Exports.module.css";
import { exportsQuery, startExport } from "./exports";
import { faultOf, type Part, splitOf, sumOf, usualParts } from "./split";

/** Which format a release goes into, with or without its pictures, whole or in parts. */
export function ExportDialog({ releaseId, open, onClose }: { releaseId: string; open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title={m.export} width={600} side>
      <Form releaseId={releaseId} onClose={onClose} />
    </Dialog>
  );
}

function Form({ releaseId, onClose }: { releaseId: string; onClose: () => void }) {
  const client = useQueryClient();
  const [format, setFormat] = useState<string | null>(null);
  const [images, setImages] = useState<"none" | "copy">("none");
  const [parts, setParts] = useState<readonly Part[] | null>(null);
  const [seed, setSeed] = useState<number>(1);
  const [asked, setAsked] = useState(false);
  const start = useMutation({
    mutationFn: (chosen: string) => startExport(releaseId, { format: chosen, images, seed, split: parts ? splitOf(parts) : null }),
    onSuccess: async () => {
      onClose();
      await Promise.all([
        client.invalidateQueries({ queryKey: exportsQuery(releaseId).queryKey }),
        client.invalidateQueries({ queryKey: ["jobs"] }),
      ]);
    },
  });
  const fault = parts ? faultOf(parts) : null;
  return (
    <form
      className={css.form}
      onSubmit={event => {
        event.preventDefault();
        setAsked(true);
        if (format && !fault) start.mutate(format);
      }}
    >
      <FormatList chosen={format} onChoose={setFormat} />
      {asked && !format && (
        <p role="alert" className={css.fault}>
          {m.faults.format}
        </p>
      )}
      <Choice images={images} onChoose={setImages} />
      <Checkbox
        label={m.split}
        description={m.splitText}
        checked={parts !== null}
        onChange={event => setParts(event.currentTarget.checked ? usualParts : null)}
      />
      {parts && <Parts parts={parts} onChange={setParts} seed={seed} onSeed={setSeed} />}
      {parts && fault && (
        <p role="status" className={css.fault}>
          {fault === "sum" ? m.faults.sum(`${Number(sumOf(parts).toFixed(2))} %`) : m.faults[fault]}
        </p>
      )}
      <Problem problem={start.error} />
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {shell.cancel}
        </Button>
        <Button type="submit" loading={start.isPending} disabled={fault !== null}>
          {m.start}
        </Button>
      </DialogActions>
    </form>
  );
}

function FormatList({ chosen, onChoose }: { chosen: string | null; onChoose: (format: string) => void }) {
  const formats = useQuery(formatsQuery);
  const [asked, setAsked] = useState("");
  const group = useId();
  const able = formats.data?.filter(format => format.writes && format.inputs.includes("image")) ?? [];
  const shown = searchFormats(knownFirst(able), asked);
  return (
    <div className={css.formats}>
      <TextInput
        type="search"
        data-first
        label={m.format}
        placeholder={words.search}
        value={asked}
        onChange={event => setAsked(event.currentTarget.value)}
      />
      <Problem problem={formats.error} retry={() => formats.refetch()} />
      {formats.isPending && <Waiting rows={5} height={64} label={words.loading} />}
      {formats.data && (
        <fieldset className={css.list}>
          <legend className="visually-hidden">{m.format}</legend>
          {shown.length === 0 && <p className="soft">{words.noneFound}</p>}
          {shown.map(format => (
            <RadioCard
              key={format.id}
              group={group}
              checked={format.id === chosen}
              onChoose={() => onChoose(format.id)}
              title={<strong>{format.name}</strong>}
            >
              <span className="meta">{words.marks(format.marks)}</span>
              {format.id === chosen && <span className="meta">{besideMarks(format)}</span>}
              {format.id === chosen && <span className="meta">{words.evidence(format.evidence)}</span>}
            </RadioCard>
          ))}
        </fieldset>
      )}
    </div>
  );
}

/** What it carries beside shapes; told of the one that is chosen, for of all it would be too much to read. */
const besideMarks = (format: Format): string =>
  words.beside([words.attributes(format.attributes), words.carries(format.carries)].filter(Boolean).join(", "));

function Choice({ images, onChoose }: { images: "none" | "copy"; onChoose: (images: "none" | "copy") => void }) {
  const group = useId();
  return (
    <fieldset className={css.pair}>
      <legend>{m.images}</legend>
      {(["none", "copy"] as const).map(each => (
        <RadioCard key={each} group={group} checked={images === each} onChoose={() => onChoose(each)} title={<strong>{m[each]}</strong>}>
          <span className="meta">{each === "none" ? m.noneText : m.copyText}</span>
        </RadioCard>
      ))}
    </fieldset>
  );
}

function Parts(props: {
  parts: readonly Part[];
  onChange: (parts: readonly Part[]) => void;
  seed: number;
  onSeed: (seed: number) => void;
}) {
  const { parts, onChange, seed, onSeed } = props;
  const change = (i: number, part: Partial<Part>) => onChange(parts.map((each, at) => (at === i ? { ...each, ...part } : each)));
  return (
    <div className={css.parts}>
      {parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the list while its name is typed
        <div key={i} className={css.part}>
          <TextInput
            aria-label={m.partNumber(i + 1)}
            value={part.name}
            maxLength={40}
            onChange={event => change(i, { name: event.currentTarget.value })}
          />
          <NumberInput
            aria-label={m.shareOf(part.name)}
            value={part.share}
            min={0}
            max={100}
            suffix=" %"
            hideControls
            onChange={share => change(i, { share: share === "" ? "" : Number(share) })}
          />
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={m.removePart(part.name)}
            disabled={parts.length < 2}
            onClick={() => onChange(parts.filter((_, at) => at !== i))}
          >
            <Icon name="cross" size={16} />
          </ActionIcon>
        </div>
      ))}
      <div className={css.partFoot}>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => onChange([...parts, { name: "", share: "" }])}
        >
          {m.addPart}
        </Button>
        <NumberInput
          label={m.seed}
          value={seed}
          min={0}
          max={2_147_483_647}
          allowDecimal={false}
          hideControls
          onChange={value => onSeed(Number(value) || 0)}
        />
      </div>
    </div>
  );
}
