import { type EventEnvelope } from '../../domain';
import { EMPTY_STREAM, type StreamHead } from '../../eventstore';

/** Where a folded stream stands, and the commands it already answers for. */
export interface FoldedHead extends StreamHead {
  revision: number;
  hash: string | null;
  occurredAt: string | null;
  /** Position of its last event; null before the first. */
  position: string | null;
  readonly commands: Map<string, { readonly digest: string; readonly revision: number }>;
}

export function emptyHead(): FoldedHead {
  return { ...EMPTY_STREAM, position: null, commands: new Map() };
}

/** Moves a head past one event of its stream, in place. */
export function advanceHead(head: FoldedHead, event: EventEnvelope, position: string): void {
  const { metadata, revision } = event;
  head.revision = revision;
  head.hash = metadata.hash;
  head.occurredAt = metadata.occurredAt;
  head.position = position;
  if (!head.commands.has(metadata.commandId)) {
    head.commands.set(metadata.commandId, { digest: metadata.commandDigest, revision });
  }
}
