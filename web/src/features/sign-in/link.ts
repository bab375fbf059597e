/** What stands behind "#link=": a one-time secret that no server sees by being visited. It is taken out of the address at once, so that it is not kept in the history. */
export function takeLink(): string | null {
  const found = /^#link=([A-Za-z0-9_-]+)$/.exec(location.hash);
  if (!found?.[1]) return null;
  history.replaceState(history.state, "", location.pathname + location.search);
  return found[1];
}
