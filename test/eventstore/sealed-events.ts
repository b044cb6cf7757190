import { randomUUID } from 'node:crypto';
import { type DomainEvent, type EventEnvelope } from '../../src/domain';
import { EMPTY_STREAM, headAfter, sealEvents, type SealContext, type StreamHead } from '../../src/eventstore';

const CONTEXT: SealContext = {
  actor: { id: 'tom.moseley', name: 'Tom Moseley' },
  commandId: '11111111-1111-4111-8111-111111111111',
  commandDigest: 'd'.repeat(64),
  correlationId: '22222222-2222-4222-8222-222222222222',
  now: '2026-03-01T10:22:31.114Z',
  newEventId: () => randomUUID(),
};

/** A tag of a package: the smallest event; `message` is free for what a test wants to tell events apart by. */
export function tagged(message = 'first', version = '1.0.0'): DomainEvent {
  return {
    type: 'Tagged',
    data: {
      package: 'project_discovery',
      version,
      tag: `project_discovery/v${version}`,
      commit: 'c'.repeat(40),
      message,
    },
  };
}

export function deactivated(reason = 'no longer used'): DomainEvent {
  return { type: 'Deactivated', data: { changes: [], reason, planDigest: null, overrides: [] } };
}

/** Events of one command, sealed behind `previous` (null: at the beginning of the stream). */
export function sealed(
  stream: string,
  previous: EventEnvelope | null,
  events: readonly DomainEvent[],
  context: Partial<SealContext> = {},
): EventEnvelope[] {
  return sealedBehind(stream, previous === null ? EMPTY_STREAM : headAfter(previous), events, context);
}

/** As {@link sealed}, behind a head that no event of the test need have. */
export function sealedBehind(
  stream: string,
  head: StreamHead,
  events: readonly DomainEvent[],
  context: Partial<SealContext> = {},
): EventEnvelope[] {
  return sealEvents({ stream, head, events, context: { ...CONTEXT, ...context } });
}

/** The first `count` events of a stream, each telling its revision. */
export function sealedRun(stream: string, count: number): EventEnvelope[] {
  const events = Array.from({ length: count }, (_, revision) => tagged(`revision ${revision}`));
  return sealed(stream, null, events);
}
