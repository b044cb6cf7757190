import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandIdentity, commandIdentity } from '../../../src/application/streams/command-identity';
import {
  createStreamHandler,
  type DecideOptions,
  type StreamHandler,
} from '../../../src/application/streams/stream-handler';
import { type Step } from '../../../src/application/ports';
import {
  type Activated,
  emptyPointer,
  evolvePointer,
  POINTER_STREAM,
  type PointerEvent,
  type PointerState,
  type RecordedEvent,
} from '../../../src/domain';
import { type EventStore } from '../../../src/eventstore';
import { openSqliteEventStore } from '../../../src/eventstore/sqlite/sqlite-event-store';

export { POINTER_STREAM };
export type Pointer = StreamHandler<PointerState, PointerEvent>;

/** A real event log in a directory of its own, gone after each test. */
export function temporaryLog(): { readonly open: () => EventStore } {
  let directory = '';
  const stores: EventStore[] = [];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-streams-'));
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    rmSync(directory, { recursive: true });
  });
  return {
    open: () => {
      const store = openSqliteEventStore({ path: join(directory, 'events.db') });
      stores.push(store);
      return store;
    },
  };
}

/** The handler of a pointer stream as one node has it. Each call is another node, with a cold cache. */
export function node(store: EventStore, step: (step: Step) => Promise<void> = () => Promise.resolve()): Pointer {
  return createStreamHandler<PointerState, PointerEvent>({
    store,
    clock: { now: () => new Date().toISOString() },
    ids: { uuid: () => randomUUID() },
    step,
    initial: emptyPointer,
    evolve: evolvePointer,
  });
}

export interface Command {
  readonly package?: string;
  readonly to: string;
  readonly key?: string;
  readonly actor?: string;
}

export function identityOf({ key, actor = 'tom.moseley', ...input }: Command): CommandIdentity {
  const context = { actor: { id: actor, name: 'Tom Moseley' }, correlationId: randomUUID() };
  return commandIdentity('activateReleases', { ...input, idempotencyKey: key }, context);
}

/** What moving one package says of itself: where it came from, and the whole map after it. */
export interface Answer {
  readonly from: string | null;
  readonly revision: number;
  readonly map: Readonly<Record<string, string>>;
}

/** Moves one package from whatever is active, unconditionally. */
export function moving(
  { package: id = 'a', to }: Command,
  more: Partial<DecideOptions<PointerState, PointerEvent, Answer>> = {},
): DecideOptions<PointerState, PointerEvent, Answer> {
  return {
    decide: (state) => Promise.resolve(activated(state, id, to)),
    answer: answerOf,
    ...more,
  };
}

export function activated(state: PointerState, id: string, to: string): Activated {
  const fromVersion = state.entries.get(id)?.active?.version ?? null;
  const change = { package: id, fromVersion, toVersion: to, tree: `tree-${to}`, requires: [] };
  return { type: 'Activated', data: { changes: [change], reason: 'because', planDigest: null, overrides: [] } };
}

export function answerOf(event: RecordedEvent<PointerEvent> | null, state: PointerState): Answer {
  const map = [...state.entries].map(([id, { active }]) => [id, active?.version ?? 'none'] as const);
  return {
    from: event?.data.changes[0]?.fromVersion ?? null,
    revision: event?.revision ?? -1,
    map: Object.fromEntries(map),
  };
}

export function move(pointer: Pointer, command: Command) {
  return pointer.handle(POINTER_STREAM, identityOf(command), moving(command));
}

export async function streamOf(store: EventStore, stream = POINTER_STREAM): Promise<RecordedEvent<PointerEvent>[]> {
  const events: RecordedEvent<PointerEvent>[] = [];
  for await (const event of store.readStream(stream)) events.push(event as RecordedEvent<PointerEvent>);
  return events;
}

/** A door that commands wait at until it is opened. */
export function gate(): {
  readonly wait: () => Promise<void>;
  readonly open: () => void;
  readonly reached: Promise<void>;
} {
  let open = (): void => undefined;
  let reach = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return {
    wait: () => {
      reach();
      return opened;
    },
    open: () => open(),
    reached,
  };
}
