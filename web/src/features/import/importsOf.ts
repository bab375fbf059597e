/** What was imported: an audit lays its tasks into a batch of its own, which bears the audit's id and is no import. The newest stands first. */
export function importsOf<Batch extends { id: string }>(batches: readonly Batch[], audits: readonly { id: string }[]): readonly Batch[] {
  const drawn = new Set(audits.map(audit => audit.id));
  return batches.filter(batch => !drawn.has(batch.id)).toReversed();
}
