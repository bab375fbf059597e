import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { api, ask } from "../../api/client";
import type { Ontology } from "../../engine/ontology/ontology";
import { ontology as m } from "../../messages/en/ontology";
import { append, move, type Path, readText, setIn } from "./yamlText";

export interface Fault {
  pointer: string;
  line: number;
  text: string;
}

/** Ways to change the text, for forms. */
export interface TextModel {
  text: string;
  setText: (text: string) => void;
  /** What the text says; null while it cannot be read. */
  value: unknown;
  /** What is wrong, by the server's own reader where it has answered. */
  faults: readonly Fault[];
  /** What is asked in the end, packs and all; the last good one while something is wrong. */
  resolved: Ontology | null;
  /** Nothing is wrong, and the server has said so of this very text. */
  isGood: boolean;
  isChecking: boolean;
  /** The server did not answer when it was asked. */
  failure: unknown;
  set: (path: Path, value: unknown) => void;
  append: (path: Path, value: unknown) => void;
  move: (list: Path, from: number, to: number) => void;
  /** What is wrong at a path. */
  at: (path: Path) => string | undefined;
}

/** The one text with everything that is known of it. `wrap` makes a project file of a text that is only part of one, and says where its faults lie in the part. */
export function useTextModel(first: string, wrap?: { file: (text: string) => string; lines: number; prefix: string }): TextModel {
  const [text, setText] = useState(first);
  const read = useMemo(() => readText(text), [text]);
  const settled = useSettled(text, 250);
  const check = useQuery({
    queryKey: ["project_file_check", settled, wrap?.prefix ?? ""],
    queryFn: ({ signal }) =>
      ask(
        api.POST("/api/v1/project_files/check", {
          body: wrap ? wrap.file(settled) : settled,
          bodySerializer: body => body,
          headers: { "Content-Type": "application/yaml" },
          signal,
        }),
      ),
    enabled: readText(settled).value !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const answer = settled === text ? check.data : undefined;
  const faults: readonly Fault[] = useMemo(() => {
    if (read.faults.length > 0) return read.faults.map(fault => ({ pointer: "", line: fault.line, text: fault.text }));
    return (
      answer?.faults.map(fault => ({
        pointer: fault.pointer.startsWith(wrap?.prefix ?? "") ? fault.pointer.slice((wrap?.prefix ?? "").length) : fault.pointer,
        line: Math.max(1, (fault.line ?? 1) - (wrap?.lines ?? 0)),
        text: m.fault(fault.expected, fault.found),
      })) ?? []
    );
  }, [read, answer, wrap]);
  const [resolved, setResolved] = useState<Ontology | null>(null);
  const now = check.data?.ontology as Ontology | null | undefined;
  useEffect(() => {
    if (now) setResolved(now);
  }, [now]);
  return {
    text,
    setText,
    value: read.value,
    faults,
    resolved: useDeferredValue(resolved),
    isGood: answer !== undefined && answer.faults.length === 0,
    isChecking: read.faults.length === 0 && answer === undefined && !check.error,
    failure: check.error,
    set: (path, value) => setText(before => setIn(before, path, value)),
    append: (path, value) => setText(before => append(before, path, value)),
    move: (list, from, to) => setText(before => move(before, list, from, to)),
    at: path =>
      faults.find(fault => fault.pointer === path.map(step => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""))
        ?.text,
  };
}

function useSettled(text: string, milliseconds: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), milliseconds);
    return () => clearTimeout(timer);
  }, [text, milliseconds]);
  return settled;
}
