import { useRef } from "react";
import { Icon } from "../../components/Icon";
import { ontology as m } from "../../messages/en/ontology";
import css from "./YamlEditor.module.css";

export interface LineFault {
  line: number;
  text: string;
}

/** The text itself, with its lines numbered and those marked on which something is wrong. */
export function YamlEditor({
  text,
  faults,
  onChange,
  label,
}: {
  text: string;
  faults: readonly LineFault[];
  onChange: (text: string) => void;
  label: string;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const wrong = new Set(faults.map(fault => fault.line));
  const lines = text.split("\n").length;
  const goTo = (line: number) => {
    const element = area.current;
    if (!element) return;
    const before =
      text
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0);
    const end = text.indexOf("\n", before);
    element.focus();
    element.setSelectionRange(before, end < 0 ? text.length : end);
    element.scrollTop = (line - 5) * 20;
  };
  return (
    <div className={css.editor}>
      <div className={css.body}>
        <div className={css.gutter} ref={gutter} aria-hidden="true">
          {Array.from({ length: lines }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is named by its number
            <div key={i} data-wrong={wrong.has(i + 1)}>
              {i + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          className={css.text}
          aria-label={label}
          aria-invalid={faults.length > 0}
          value={text}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          wrap="off"
          onChange={event => onChange(event.currentTarget.value)}
          onScroll={event => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
      {faults.length > 0 && (
        <ul className={css.faults} aria-label={m.faults}>
          {faults.map(fault => (
            <li key={`${fault.line} ${fault.text}`}>
              <button type="button" onClick={() => goTo(fault.line)}>
                <Icon name="warning" size={14} />
                <span className={css.line}>{m.line(fault.line)}</span>
                <span>{fault.text}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
