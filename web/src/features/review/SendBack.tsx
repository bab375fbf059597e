import { Button, Select, Textarea } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Icon } from "../../components/Icon";
import { review as m } from "../../messages/en/review";
import { PanelPart } from "../canvas/CanvasFrame";
import { keyText } from "../canvas/keys";
import { type About, ALL, aboutChoices, aboutKey, type Draft } from "./comments";
import { sideName } from "./names";
import css from "./SendBack.module.css";
import { type Case, peopleOf, sideOf } from "./sides";

/** A response on its way back to whoever gave it, with what should be looked at. */
export interface Sending {
  readonly side: string | null;
  readonly comments: readonly Draft[];
  /** The comment that the next click in the picture pins; null for none. */
  readonly pinning: number | null;
}

export const canSend = (sending: Sending): boolean => sending.side !== null && sending.comments.some(comment => comment.text.trim() !== "");

export function SendBack(props: {
  of: Case;
  sending: Sending;
  busy: boolean;
  onChange: (sending: Sending) => void;
  onSend: () => void;
  onCancel: () => void;
}) {
  const { of, sending, busy, onChange, onSend, onCancel } = props;
  const change = (at: number, some: Partial<Draft>) =>
    onChange({ ...sending, comments: sending.comments.map((comment, i) => (i === at ? { ...comment, ...some } : comment)) });
  // Shapes of one response are none of another's.
  const onSide = (side: string) =>
    onChange({
      ...sending,
      side,
      comments: sending.comments.map(comment => (comment.about.kind === "shape" ? { ...comment, about: ALL } : comment)),
    });
  return (
    <PanelPart title={m.sendTitle} grow>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves the form from any of its fields */}
      <div
        className={css.form}
        onKeyDown={event => {
          if (event.key !== "Escape" || event.defaultPrevented) return;
          if (sending.pinning === null) onCancel();
          else onChange({ ...sending, pinning: null });
        }}
      >
        <p className="meta">{m.sendText}</p>
        <fieldset className={css.who}>
          <legend>{m.sendTo}</legend>
          {peopleOf(of).map(side => (
            <label key={side.id} className={css.person}>
              <input type="radio" name="send-to" checked={sending.side === side.id} onChange={() => onSide(side.id)} />
              <span className={css.letter} style={{ background: side.colour }}>
                {side.letter}
              </span>
              <span dir="auto">{sideName(side)}</span>
            </label>
          ))}
        </fieldset>
        {sending.comments.map((comment, i) => (
          <CommentFields
            // biome-ignore lint/suspicious/noArrayIndexKey: comments are numbered by their place
            key={i}
            of={of}
            side={sending.side}
            number={i + 1}
            comment={comment}
            pinning={sending.pinning === i}
            first={i === 0}
            onChange={some => change(i, some)}
            onPin={() => onChange({ ...sending, pinning: sending.pinning === i ? null : i })}
            onRemove={
              sending.comments.length > 1
                ? () => onChange({ ...sending, pinning: null, comments: sending.comments.filter((_, other) => other !== i) })
                : null
            }
          />
        ))}
        <button
          type="button"
          className={css.add}
          onClick={() => onChange({ ...sending, comments: [...sending.comments, { text: "", about: ALL }] })}
        >
          <Icon name="plus" size={14} /> {m.addComment}
        </button>
        <div className={css.acts}>
          <Button variant="default" size="xs" onClick={onCancel}>
            {m.cancel}
          </Button>
          <Button size="xs" onClick={onSend} loading={busy} disabled={!canSend(sending)} title={keyText("mod+enter")}>
            {m.sendNow}
          </Button>
        </div>
        {!canSend(sending) && <p className="meta">{sending.side === null ? m.needsResponse : m.needsText}</p>}
      </div>
    </PanelPart>
  );
}

function CommentFields(props: {
  of: Case;
  side: string | null;
  number: number;
  comment: Draft;
  pinning: boolean;
  first: boolean;
  onChange: (some: Partial<Draft>) => void;
  onPin: () => void;
  onRemove: (() => void) | null;
}) {
  const { of, side, number, comment, pinning, first, onChange, onPin, onRemove } = props;
  const text = useRef<HTMLTextAreaElement>(null);
  useEffect(() => text.current?.focus({ preventScroll: !first }), [first]);
  const choices = aboutChoices(of, side === null ? undefined : sideOf(of, side), comment.about);
  const byKey = new Map<string, About>(choices.map(choice => [aboutKey(choice.about), choice.about]));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out with the rest
    <div className={css.comment} role="group" aria-label={m.comment(number)}>
      <div className={css.commentHead}>
        <span className={css.number}>{number}</span>
        <Select
          size="xs"
          className={css.about}
          aria-label={m.about}
          allowDeselect={false}
          data={choices.map(choice => ({ value: aboutKey(choice.about), label: choice.text }))}
          value={aboutKey(comment.about)}
          onChange={value => onChange({ about: byKey.get(value ?? "") ?? ALL })}
        />
        <button type="button" className={css.pin} aria-pressed={pinning} aria-label={m.pin} title={m.pin} onClick={onPin}>
          <Icon name="pin" size={16} />
        </button>
        {onRemove && (
          <button type="button" className={css.pin} aria-label={m.removeComment(number)} title={m.removeComment(number)} onClick={onRemove}>
            <Icon name="trash" size={15} />
          </button>
        )}
      </div>
      {pinning && (
        <p className="meta" role="status">
          {m.pinning}
        </p>
      )}
      <Textarea
        ref={text}
        size="xs"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4000}
        aria-label={m.commentText}
        placeholder={m.commentText}
        dir="auto"
        value={comment.text}
        onChange={event => onChange({ text: event.currentTarget.value })}
      />
    </div>
  );
}
