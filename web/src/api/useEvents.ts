import { useEffect, useRef, useState } from "react";

export type Connection = "connecting" | "live" | "broken";

/**
 * Listens to a route's server-sent events while the page is visible. The browser connects again by itself; a route that refuses is asked again after
 * a while, so that a page left open finds back.
 */
export function useEvents<T>(url: string | null, name: string, onEvent: (value: T) => void): Connection {
  const [connection, setConnection] = useState<Connection>("connecting");
  const latest = useRef(onEvent);
  useEffect(() => {
    latest.current = onEvent;
  }, [onEvent]);

  useEffect(() => {
    if (url === null) return;
    let source: EventSource | null = null;
    let retry: ReturnType<typeof setTimeout> | undefined;

    const open = () => {
      clearTimeout(retry);
      if (document.hidden || source) return;
      source = new EventSource(url);
      source.onopen = () => setConnection("live");
      source.addEventListener(name, event => latest.current(JSON.parse((event as MessageEvent<string>).data) as T));
      source.onerror = () => {
        setConnection("broken");
        if (source?.readyState !== EventSource.CLOSED) return;
        source = null;
        retry = setTimeout(open, 15_000);
      };
    };
    const close = () => {
      source?.close();
      source = null;
    };
    const follow = () => (document.hidden ? close() : open());

    open();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      clearTimeout(retry);
      close();
    };
  }, [url, name]);

  return connection;
}
