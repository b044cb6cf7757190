import { type EventEnvelope } from '../../domain';

/** Where a folded stream stands, and the commands it already answers for. */
export interface StreamHead {
  /** -1 before the first event. */
  revision: number;
  hash: string | null;
  occurredAt: string | null;
  position: string | null;
  readonly commands: Map<string, { readonly digest: string; readonly revision: number }>;
}

export function emptyHead(): StreamHead {
  return { revision: -1, hash: null, occurredAt: null, position: null, commands: new Map() };
}

/** Moves a head past one event of its stream, in place. */
export function advanceHead(head: StreamHead, event: EventEnvelope, position: string): void {
  const { metadata, revision } = event;
  head.revision = revision;
  head.hash = metadata.hash;
  head.occurredAt = metadata.occurredAt;
  head.position = position;
  if (!head.commands.has(metadata.commandId)) {
    head.commands.set(metadata.commandId, { digest: metadata.commandDigest, revision });
  }
}
