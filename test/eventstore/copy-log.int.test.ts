import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventEnvelope, type RecordedEvent } from '../../src/domain';
import { copyLog, type EventStore, requireSound } from '../../src/eventstore';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/sqlite-event-store';
import { sealed, sealedRun, tagged } from './sealed-events';

const directory = mkdtempSync(join(tmpdir(), 'slipway-copy-log-'));
const opened: EventStore[] = [];
afterAll(async () => {
  for (const store of opened) await store.close();
  rmSync(directory, { recursive: true });
});

function store(logId = 'aaaaaaaaaaaa'): EventStore {
  const made = openSqliteEventStore({ path: join(directory, `${String(opened.length)}.db`), newLogId: () => logId });
  opened.push(made);
  return made;
}

async function listed(events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> {
  const list = [];
  for await (const event of events) list.push(event);
  return list;
}
const all = (of: EventStore): Promise<RecordedEvent[]> => listed(of.readAll());

/** A log of two streams that take turns, then many events of one: 3 + 3 + 250. */
async function given(): Promise<EventStore> {
  const log = store();
  const long = sealedRun('package-long', 250);
  for (const stream of ['package-a', 'package-b', 'package-a', 'package-b', 'package-a', 'package-b']) {
    const before = (await listed(log.readStream(stream))).at(-1) ?? null;
    await log.append(stream, before?.revision ?? 'no_stream', sealed(stream, before, [tagged()]));
  }
  await log.append('package-long', 'no_stream', long);
  return log;
}

describe('copying a log', () => {
  let from: EventStore;
  beforeAll(async () => {
    from = await given();
  });

  it('keeps places, ids, order, data, metadata and positions', async () => {
    const to = store();
    const told: [number, number][] = [];
    await expect(copyLog({ from, to }, (...done) => told.push(done))).resolves.toEqual({
      events: 256,
      alreadyThere: 0,
    });
    expect(await all(to)).toEqual(await all(from));
    expect(told.at(0)).toEqual([0, 256]);
    expect(told.at(-1)).toEqual([256, 256]);
    await expect(requireSound(to)).resolves.toBeUndefined();
  });

  it.each([0, 4, 6, 106, 256])('goes on where it was, after %i events', async (stopAfter) => {
    const to = store();
    const interrupted = copyLog({ from, to }, (done) => {
      if (done >= stopAfter) throw new Error('interrupted');
    });
    await expect(interrupted).rejects.toThrow('interrupted');
    const { length } = await all(to);
    expect(length).toBe(stopAfter);
    await expect(copyLog({ from, to })).resolves.toEqual({ events: 256, alreadyThere: stopAfter });
    expect(await all(to)).toEqual(await all(from));
  });

  it('copies nothing a second time, and an empty log', async () => {
    const to = store();
    await copyLog({ from, to });
    await expect(copyLog({ from, to })).resolves.toEqual({ events: 256, alreadyThere: 256 });
    await expect(copyLog({ from: store(), to: store() })).resolves.toEqual({ events: 0, alreadyThere: 0 });
  });

  it('is refused, and writes nothing, where anything else stands', async () => {
    const [first] = (await listed(from.readStream('package-a'))) as unknown as [EventEnvelope];
    const foreign = store();
    await foreign.append('package-a', 'no_stream', sealed('package-a', null, [tagged('somebody else')]));
    const elsewhere = store();
    await elsewhere.append('package-other', 'no_stream', sealedRun('package-other', 1));
    const changed = store();
    await changed.append('package-a', 'no_stream', [
      { ...first, metadata: { ...first.metadata, occurredAt: '2026-03-01T10:22:31.115Z' } },
    ]);
    for (const [to, why] of [
      [foreign, 'Its event 1, package-a@0, is not the one of this log.'],
      [elsewhere, 'Its event 1 is package-other@0, and in this log it is package-a@0.'],
      [changed, 'Its event 1, package-a@0, is not the one of this log.'],
    ] as const) {
      await expect(copyLog({ from, to })).rejects.toThrow(why);
      expect(await all(to)).toHaveLength(1);
    }
    const another = store('bbbbbbbbbbbb');
    await expect(copyLog({ from, to: another })).rejects.toThrow('It holds log bbbbbbbbbbbb, not log aaaaaaaaaaaa.');
    expect(await all(another)).toEqual([]);
  });

  it('is refused where the copy has gone on by itself', async () => {
    const to = store();
    await copyLog({ from, to });
    await to.append('package-new', 'no_stream', sealedRun('package-new', 1));
    await expect(copyLog({ from, to })).rejects.toThrow(
      'It goes on behind this log with package-new@0: it has been used since it was copied.',
    );
  });

  it('tells when somebody else writes meanwhile', async () => {
    const to = store();
    const copying = copyLog({ from, to }, (done) => {
      if (done === 6) void to.append('package-new', 'no_stream', sealedRun('package-new', 1));
    });
    await expect(copying).rejects.toThrow(/package-new@0/);
  });
});

it('finds that a hash chain does not hold', async () => {
  const log = store();
  const [first, second] = sealedRun('package-a', 2) as [EventEnvelope, EventEnvelope];
  await log.append('package-a', 'no_stream', [
    first,
    { ...second, metadata: { ...second.metadata, previousHash: null } },
  ]);
  await expect(requireSound(log)).rejects.toThrow('package-a@1 does not name the hash of the event before it.');
});
