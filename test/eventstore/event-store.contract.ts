import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type EventEnvelope, type Position, type RecordedEvent } from '../../src/domain';
import {
  EMPTY_STREAM,
  AppendTooLarge,
  bytesOfEvent,
  InvalidAppend,
  MAX_APPEND_BYTES,
  RESERVED_STREAM,
  UnknownPosition,
  verifyChain,
  WrongExpectedRevision,
  type AppendResult,
  type EventStore,
  type SubscribeOptions,
} from '../../src/eventstore';
import { deactivated, sealed, sealedBehind, sealedRun, tagged } from './sealed-events';

/** A log of its own for one test. `reopen` closes the store and opens the same log again. */
export interface ContractLog {
  readonly store: EventStore;
  reopen(): Promise<EventStore>;
  /** A store with another log. */
  another(): Promise<EventStore>;
  dispose(): Promise<void>;
}

/** What every adapter of the port {@link EventStore} must do. */
export function eventStoreContract(name: string, open: () => Promise<ContractLog>): void {
  describe(`${name} as an event store`, () => {
    let log: ContractLog;
    let store: EventStore;
    beforeEach(async () => {
      log = await open();
      store = log.store;
    });
    afterEach(() => log.dispose());

    describe('appending', () => {
      it('begins a stream that does not exist and answers revision and position', async () => {
        const events = sealedRun('package-a', 3);
        const result = await store.append('package-a', 'no_stream', events);
        expect(result.revision).toBe(2);
        expect(result.position).toBe(await store.head());
        expect(unplaced(await all(store.readStream('package-a')))).toEqual(events);
      });

      it('goes on behind the expected revision', async () => {
        const events = sealedRun('package-a', 3);
        await store.append('package-a', 'no_stream', events.slice(0, 1));
        const result = await store.append('package-a', 0, events.slice(1));
        expect(result.revision).toBe(2);
        expect(unplaced(await all(store.readStream('package-a')))).toEqual(events);
      });

      it('refuses a stream that stands elsewhere and says where', async () => {
        const [first, second, third] = sealedRun('package-a', 3);
        const [other] = sealedRun('package-a', 1);
        await store.append('package-a', 'no_stream', [first!]);
        await expect(store.append('package-a', 'no_stream', [other!])).rejects.toMatchObject({
          name: 'WrongExpectedRevision',
          expected: 'no_stream',
          actual: 0,
        });
        await expect(store.append('package-a', 1, [third!])).rejects.toMatchObject({ expected: 1, actual: 0 });
        const [lost] = sealed('package-b', first!, [tagged()]);
        await expect(store.append('package-b', 0, [lost!])).rejects.toMatchObject({ expected: 0, actual: 'no_stream' });
        await store.append('package-a', 0, [second!]);
        expect(await all(store.readAll())).toHaveLength(2);
      });

      it('answers the very same envelopes as the first time and writes nothing', async () => {
        const events = sealedRun('package-a', 4);
        const first = await store.append('package-a', 'no_stream', events.slice(0, 2));
        expect(await store.append('package-a', 'no_stream', events.slice(0, 2))).toEqual(first);
        await store.append('package-a', 1, events.slice(2));
        expect(await store.append('package-a', 'no_stream', events.slice(0, 2))).toEqual(first);
        expect(unplaced(await all(store.readAll()))).toEqual(events);
      });

      it('answers both when the very same envelopes are sent twice at once', async () => {
        const events = sealedRun('package-a', 2);
        const [first, second] = await Promise.all([
          store.append('package-a', 'no_stream', events),
          store.append('package-a', 'no_stream', events),
        ]);
        expect(second).toEqual(first);
        expect(await all(store.readAll())).toHaveLength(2);
      });

      it('refuses envelopes of which only the first ones are known', async () => {
        const [first, second] = sealedRun('package-a', 2);
        await store.append('package-a', 'no_stream', [first!]);
        await expect(store.append('package-a', 'no_stream', [first!, second!])).rejects.toThrow(WrongExpectedRevision);
        expect(await all(store.readStream('package-a'))).toHaveLength(1);
      });

      it('writes several events all or none', async () => {
        const events = sealedRun('package-a', 3);
        const tooLarge = sealed('package-a', events[1]!, [tagged('x'.repeat(MAX_APPEND_BYTES))]);
        await expect(store.append('package-a', 'no_stream', [...events.slice(0, 2), ...tooLarge])).rejects.toThrow(
          AppendTooLarge,
        );
        expect(await all(store.readAll())).toEqual([]);
        expect(await store.head()).toBeNull();
      });

      it('counts the size limit in bytes of type, data and metadata', async () => {
        const sizeOf = ({ type, data, metadata }: EventEnvelope): number =>
          Buffer.byteLength(type) + Buffer.byteLength(JSON.stringify(data) + JSON.stringify(metadata));
        const [empty] = sealed('package-a', null, [tagged('')]);
        const room = MAX_APPEND_BYTES - sizeOf(empty!);
        const fits = sealed('package-a', null, [tagged('ü'.repeat(room / 2) + 'x'.repeat(room % 2))]);
        const exceeds = sealed('package-a', null, [tagged('ü'.repeat(room / 2) + 'x'.repeat((room % 2) + 1))]);
        await expect(store.append('package-a', 'no_stream', exceeds)).rejects.toMatchObject({
          bytes: MAX_APPEND_BYTES + 1,
          limit: MAX_APPEND_BYTES,
        });
        await store.append('package-a', 'no_stream', fits);
        expect(unplaced(await all(store.readStream('package-a')))).toEqual(fits);
      });

      it('limits the events of one append together, however small each is', async () => {
        const sizeOf = (events: readonly EventEnvelope[]): number =>
          events.reduce((bytes, event) => bytes + bytesOfEvent(event), 0);
        const many = sealedRun('package-a', Math.floor(MAX_APPEND_BYTES / sizeOf(sealedRun('package-a', 1))));
        while (sizeOf(many) > MAX_APPEND_BYTES) many.pop();
        const [more] = sealed('package-a', many.at(-1)!, [tagged('x'.repeat(MAX_APPEND_BYTES - sizeOf(many)))]);
        await expect(store.append('package-a', 'no_stream', [...many, more!])).rejects.toThrow(AppendTooLarge);
        expect(await all(store.readAll())).toEqual([]);
        await store.append('package-a', 'no_stream', many);
        expect(unplaced(await all(store.readStream('package-a')))).toEqual(many);
      });

      it('refuses envelopes that do not follow one another at the expected revision', async () => {
        const [first, second, third] = sealedRun('package-a', 3);
        const append = (events: readonly EventEnvelope[]): Promise<AppendResult> =>
          store.append('package-a', 'no_stream', events);
        await expect(append([])).rejects.toThrow(InvalidAppend);
        await expect(append([second!])).rejects.toThrow(InvalidAppend);
        await expect(append([first!, third!])).rejects.toThrow(InvalidAppend);
        await expect(append(sealedRun('package-b', 1))).rejects.toThrow(InvalidAppend);
        expect(await all(store.readAll())).toEqual([]);
      });

      it('has no stream of the reserved name', async () => {
        const refused = store.append(RESERVED_STREAM, 'no_stream', sealedRun(RESERVED_STREAM, 1));
        await expect(refused).rejects.toThrow(InvalidAppend);
        for (const latest of [true, false])
          expect(await all(store.readStream(RESERVED_STREAM, { latest }))).toEqual([]);
        expect(await all(store.readAll())).toEqual([]);
        const like = `${RESERVED_STREAM}-a`;
        await store.append(like, 'no_stream', sealedRun(like, 1));
        expect(await all(store.readStream(like))).toHaveLength(1);
      });

      it('lets exactly one of many writers at one revision win', async () => {
        await store.append('package-a', 'no_stream', sealedRun('package-a', 1));
        const [tip] = await all(store.readStream('package-a'));
        const attempts = Array.from({ length: 20 }, (_, writer) =>
          store.append('package-a', 0, sealed('package-a', tip!, [tagged(`writer ${writer}`)])),
        );
        const outcomes = await Promise.allSettled(attempts);
        const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
        expect(refused).toHaveLength(19);
        for (const { reason } of refused) expect(reason).toBeInstanceOf(WrongExpectedRevision);
        expect(await all(store.readStream('package-a'))).toHaveLength(2);
      });

      it('does with any appends, several at once and some sent again, what a list in memory would do', async () => {
        const attempt = fc.record({
          stream: fc.constantFrom('a', 'b', 'c'),
          offset: fc.constantFrom(0, 0, 0, -1, 1),
          count: fc.integer({ min: 1, max: 3 }),
          again: fc.boolean(),
        });
        let run = 0;
        const rounds = fc.array(fc.array(attempt, { minLength: 1, maxLength: 6 }), { maxLength: 6 });
        await fc.assert(
          fc.asyncProperty(rounds, async (history) => {
            const prefix = `run-${++run}-`;
            const model = new Map<string, EventEnvelope[]>();
            for (const round of history) await appendRound(store, model, prefix, round);
            for (const [stream, events] of model) {
              expect(unplaced(await all(store.readStream(stream)))).toEqual(events);
            }
          }),
          { numRuns: 50 },
        );
      });

      it('takes a thousand appends to many streams at once, next to refused ones', async () => {
        const streams = Array.from({ length: 1_000 }, (_, index) => `package-p${index}`);
        const [misplaced] = sealed('package-none', sealedRun('package-none', 1)[0]!, [tagged()]);
        const outcomes = await Promise.allSettled(
          streams.flatMap((stream) => [
            store.append(stream, 'no_stream', sealedRun(stream, 1)),
            store.append('package-none', 0, [misplaced!]),
          ]),
        );
        expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1_000);
        const events = await all(store.readAll());
        expect(events.map((event) => event.stream).sort()).toEqual([...streams].sort());
        expect(risesStrictly(events.map((event) => event.position))).toBe(true);
      });
    });

    describe('reading a stream', () => {
      it('gives nothing for a stream that does not exist', async () => {
        await store.append('package-ab', 'no_stream', sealedRun('package-ab', 1));
        expect(await all(store.readStream('package-a'))).toEqual([]);
      });

      it('begins at a revision and ends at a limit', async () => {
        await store.append('package-a', 'no_stream', sealedRun('package-a', 5));
        const revisions = async (options: { fromRevision?: number; limit?: number }): Promise<number[]> =>
          (await all(store.readStream('package-a', options))).map((event) => event.revision);
        expect(await revisions({ fromRevision: 3 })).toEqual([3, 4]);
        expect(await revisions({ limit: 2 })).toEqual([0, 1]);
        expect(await revisions({ fromRevision: 1, limit: 2 })).toEqual([1, 2]);
        expect(await revisions({ fromRevision: 5 })).toEqual([]);
        expect(await revisions({ limit: 0 })).toEqual([]);
      });

      it('gives back a long stream whole, in order, with its chain', async () => {
        const events = sealedRun('package-a', 2_500);
        for (let from = 0; from < events.length; from += 500) {
          await store.append('package-a', from === 0 ? 'no_stream' : from - 1, events.slice(from, from + 500));
        }
        let previous: RecordedEvent | null = null;
        let count = 0;
        for await (const event of store.readStream('package-a')) {
          expect(verifyChain(previous, event)).toBeNull();
          previous = event;
          count++;
        }
        expect(count).toBe(2_500);
      });

      it('gives back every text as it was written', async () => {
        const texts = [
          '',
          '\u0000\u0001\u001f',
          '"\\/',
          '\u2028\u2029',
          'Größe',
          '👩‍🚀 \u{10FFFF}',
          '\ufeff',
          '\u202e',
          '\uffff',
        ];
        const events = sealed(
          'package-a',
          null,
          texts.map((text) => tagged(text)),
        );
        await store.append('package-a', 'no_stream', events);
        expect(unplaced(await all(store.readStream('package-a')))).toEqual(events);
        const last = await store.append('package-Größe', 'no_stream', sealedRun('package-Größe', 1));
        expect((await all(store.readStream('package-Größe')))[0]?.position).toBe(last.position);
      });
    });

    describe('reading all', () => {
      it('gives every event in one order, whatever its stream', async () => {
        const a = sealedRun('package-a', 2);
        const b = sealedRun('package-b', 1);
        await store.append('package-a', 'no_stream', a.slice(0, 1));
        await store.append('package-b', 'no_stream', b);
        await store.append('package-a', 0, a.slice(1));
        const events = await all(store.readAll());
        expect(unplaced(events)).toEqual([a[0], b[0], a[1]]);
        expect(risesStrictly(events.map((event) => event.position))).toBe(true);
        expect(events.at(-1)?.position).toBe(await store.head());
      });

      it('begins after a position and ends with another', async () => {
        await store.append('package-a', 'no_stream', sealedRun('package-a', 5));
        const events = await all(store.readAll());
        const [first, , third, , fifth] = events.map((event) => event.position);
        expect(await all(store.readAll({ after: first }))).toEqual(events.slice(1));
        expect(await all(store.readAll({ until: third }))).toEqual(events.slice(0, 3));
        expect(await all(store.readAll({ after: first, until: third }))).toEqual(events.slice(1, 3));
        expect(await all(store.readAll({ after: null }))).toEqual(events);
        expect(await all(store.readAll({ after: fifth }))).toEqual([]);
        expect(await all(store.readAll({ after: third, until: first }))).toEqual([]);
      });

      it('gives only the types asked for', async () => {
        await mixed(store);
        const types = async (wanted: ('Tagged' | 'Deactivated' | 'Adopted')[]): Promise<string[]> =>
          (await all(store.readAll({ types: wanted }))).map((event) => event.type);
        expect(await types(['Deactivated'])).toEqual(['Deactivated', 'Deactivated']);
        expect(await types(['Tagged', 'Deactivated'])).toHaveLength(4);
        expect(await types(['Adopted'])).toEqual([]);
        expect(await types([])).toEqual([]);
      });

      it('ends at the head of the time of the call', async () => {
        const events = sealedRun('package-a', 2);
        await store.append('package-a', 'no_stream', events.slice(0, 1));
        const read = store.readAll();
        await store.append('package-a', 0, events.slice(1));
        expect(await all(read)).toHaveLength(1);
      });

      it('gives back a long log whole, in order', async () => {
        for (const stream of ['package-a', 'package-b', 'package-c']) {
          await store.append(stream, 'no_stream', sealedRun(stream, 900));
        }
        const events = await all(store.readAll());
        expect(events).toHaveLength(2_700);
        expect(risesStrictly(events.map((event) => event.position))).toBe(true);
        expect(await all(store.readAll({ types: ['Tagged'] }))).toEqual(events);
      });

      it('gives nothing of an empty log', async () => {
        expect(await all(store.readAll())).toEqual([]);
        expect(await store.head()).toBeNull();
      });
    });

    describe('subscribing', () => {
      it('catches up after a position, then delivers live events in order', async () => {
        const events = sealedRun('package-a', 6);
        const first = await store.append('package-a', 'no_stream', events.slice(0, 1));
        await store.append('package-a', 0, events.slice(1, 3));
        const received = take(store, 5, { after: first.position });
        await store.append('package-a', 2, events.slice(3, 4));
        await store.append('package-a', 3, events.slice(4));
        expect(unplaced(await received)).toEqual(events.slice(1));
      });

      it('waits for the first event of an empty log', async () => {
        const received = take(store, 1, { after: null });
        const events = sealedRun('package-a', 1);
        await store.append('package-a', 'no_stream', events);
        expect(unplaced(await received)).toEqual(events);
      });

      it('delivers everything once to a hundred subscribers while events are appended', async () => {
        const events = sealedRun('package-a', 50);
        const subscribers = Array.from({ length: 100 }, () => take(store, 50, { after: null }));
        for (const event of events) {
          await store.append('package-a', event.revision === 0 ? 'no_stream' : event.revision - 1, [event]);
        }
        for (const received of await Promise.all(subscribers)) expect(unplaced(received)).toEqual(events);
      });

      it('delivers only the types asked for', async () => {
        await mixed(store);
        const received = take(store, 3, { after: null, types: ['Deactivated'] });
        await store.append('package-b', 'no_stream', sealedRun('package-b', 1));
        const [live] = sealed('pointer-b', null, [deactivated('live')]);
        await store.append('pointer-b', 'no_stream', [live!]);
        const events = await received;
        expect(events.map((event) => event.type)).toEqual(['Deactivated', 'Deactivated', 'Deactivated']);
        expect(unplaced(events).at(-1)).toEqual(live);
      });

      it('ends without an error when the signal aborts, while waiting and while delivering', async () => {
        await store.append('package-a', 'no_stream', sealedRun('package-a', 3));
        const abort = new AbortController();
        const waiting = all(store.subscribe({ after: await store.head(), signal: abort.signal }));
        const delivered: RecordedEvent[] = [];
        for await (const event of store.subscribe({ after: null, signal: abort.signal })) {
          delivered.push(event);
          abort.abort();
        }
        expect(delivered).toHaveLength(1);
        expect(await waiting).toEqual([]);
        expect(await all(store.subscribe({ after: null, signal: AbortSignal.abort() }))).toEqual([]);
      });

      it('does not let a slow subscriber hold back appends and other subscribers', async () => {
        const events = sealedRun('package-a', 3);
        const slow = store.subscribe({ after: null, signal: new AbortController().signal })[Symbol.asyncIterator]();
        await store.append('package-a', 'no_stream', events.slice(0, 1));
        await slow.next();
        const received = take(store, 3, { after: null });
        await store.append('package-a', 0, events.slice(1));
        expect(unplaced(await received)).toEqual(events);
        expect((await slow.next()).value).toMatchObject({ revision: 1 });
        await slow.return?.();
      });

      it('ends when the store is closed', async () => {
        const received = all(store.subscribe({ after: null, signal: new AbortController().signal }));
        await store.close();
        expect(await received).toEqual([]);
      });
    });

    describe('positions', () => {
      it('survive opening the log again', async () => {
        const events = sealedRun('package-a', 3);
        const { position } = await store.append('package-a', 'no_stream', events.slice(0, 2));
        const reopened = await log.reopen();
        expect(reopened.logId).toBe(store.logId);
        expect(await reopened.head()).toBe(position);
        const next = await reopened.append('package-a', 1, events.slice(2));
        expect(next.position > position).toBe(true);
        expect(unplaced(await all(reopened.readAll({ after: position })))).toEqual(events.slice(2));
      });

      it('of another log, ahead of the head or malformed are refused', async () => {
        const foreign = await log.another();
        const elsewhere = await foreign.append('package-a', 'no_stream', sealedRun('package-a', 2));
        const here = await store.append('package-a', 'no_stream', sealedRun('package-a', 1));
        const ahead = here.position.replace(/.$/, 'f');
        for (const position of [elsewhere.position, ahead, 'x', '']) {
          const signal = AbortSignal.timeout(10_000);
          await expect(all(store.readAll({ after: position }))).rejects.toThrow(UnknownPosition);
          await expect(all(store.readAll({ until: position }))).rejects.toThrow(UnknownPosition);
          await expect(all(store.subscribe({ after: position, signal }))).rejects.toThrow(UnknownPosition);
        }
      });
    });

    it('names all streams, sorted by UTF-16 code units', async () => {
      const names = [
        'repository',
        'package-b',
        'package-a',
        'package-\u{1F600}',
        'package-\uFB33',
        'pointer-production',
      ];
      for (const stream of names) await store.append(stream, 'no_stream', sealedRun(stream, 2));
      expect(await all(store.streams())).toEqual([...names].sort());
    });

    it('waits for appends under way when it is closed, and takes none after', async () => {
      const appends = ['package-a', 'package-b'].map((stream) =>
        store.append(stream, 'no_stream', sealedRun(stream, 1)),
      );
      await store.close();
      await expect(Promise.all(appends)).resolves.toHaveLength(2);
      await expect(store.append('package-c', 'no_stream', sealedRun('package-c', 1))).rejects.toMatchObject({
        name: 'StoreUnavailable',
      });
      await store.close();
      expect(await all((await log.reopen()).readAll())).toHaveLength(2);
    });
  });
}

/** Two tags and two deactivations, one after the other. */
async function mixed(store: EventStore): Promise<void> {
  const tags = sealedRun('package-a', 2);
  const moves = sealed('pointer-a', null, [deactivated(randomUUID()), deactivated(randomUUID())]);
  await store.append('package-a', 'no_stream', tags.slice(0, 1));
  await store.append('pointer-a', 'no_stream', moves.slice(0, 1));
  await store.append('package-a', 0, tags.slice(1));
  await store.append('pointer-a', 0, moves.slice(1));
}

interface Attempt {
  readonly stream: string;
  /** Distance of the expected revision from the true one. */
  readonly offset: number;
  readonly count: number;
  /** Whether the same envelopes are sent twice. */
  readonly again: boolean;
}

/** Sends attempts at once and compares each answer with what `model`, a list of events for each stream, says. */
async function appendRound(
  store: EventStore,
  model: Map<string, EventEnvelope[]>,
  prefix: string,
  round: readonly Attempt[],
): Promise<void> {
  const outcomes = round.flatMap(({ stream: name, offset, count, again }) => {
    const stream = prefix + name;
    const stored = model.get(stream) ?? [];
    const tip = stored.length - 1;
    const last = Math.max(tip + offset, -1);
    const head = { ...EMPTY_STREAM, revision: last };
    const events = Array.from({ length: count }, () => tagged(randomUUID()));
    const envelopes = sealedBehind(stream, head, events);
    const taken = last === tip;
    if (taken) model.set(stream, [...stored, ...envelopes]);
    const send = async (): Promise<void> => {
      const answer = store.append(stream, last === -1 ? 'no_stream' : last, envelopes);
      if (taken) expect(await answer).toMatchObject({ revision: last + count });
      else await expect(answer).rejects.toThrow(WrongExpectedRevision);
    };
    return again ? [send(), send()] : [send()];
  });
  await Promise.all(outcomes);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** The next `count` events of a subscription, which then ends. */
async function take(
  store: EventStore,
  count: number,
  options: Omit<SubscribeOptions, 'signal'>,
): Promise<RecordedEvent[]> {
  const abort = new AbortController();
  const taken: RecordedEvent[] = [];
  for await (const event of store.subscribe({ ...options, signal: abort.signal })) {
    taken.push(event);
    if (taken.length === count) abort.abort();
  }
  return taken;
}

function unplaced(events: readonly RecordedEvent[]): EventEnvelope[] {
  return events.map(({ position: _position, ...envelope }) => envelope);
}

function risesStrictly(positions: readonly Position[]): boolean {
  return positions.every((position, index) => index === 0 || positions[index - 1]! < position);
}
