import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlreadyAdopted } from '../../../src/application';
import { MissingEvents } from '../../../src/application/adoption/missing-events';
import { POINTER_STREAM, type PointerEvent } from '../../../src/domain';
import { type EventStore, MAX_APPEND_BYTES, requireSound } from '../../../src/eventstore';
import { openSqliteEventStore } from '../../../src/eventstore/sqlite/sqlite-event-store';

const COMMIT = '1'.repeat(40);

let directory: string;
let store: EventStore;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-missing-events-'));
  store = openSqliteEventStore({ path: join(directory, 'events.db') });
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** One run of the adoption of one commit, by a process whose clock and random ids are its own. */
function adoptionAt(now: string, commit = COMMIT): MissingEvents {
  const dependencies = { store, clock: { now: () => now }, ids: { uuid: () => randomUUID() } };
  return new MissingEvents(dependencies, { commit, withHistory: false, correlationId: randomUUID() });
}

function moves(count: number, versionLength = 5): PointerEvent[] {
  return Array.from({ length: count }, (_, at) => ({
    type: 'PointerAdopted',
    data: {
      commit: COMMIT,
      origin: null,
      changes: [
        {
          package: 'a',
          fromVersion: null,
          toVersion: String(at).padEnd(versionLength, '.0'),
          tree: null,
          requires: [],
        },
      ],
    },
  }));
}

async function recorded(): Promise<number> {
  let count = 0;
  for await (const event of store.readStream(POINTER_STREAM)) count += event.revision === count ? 1 : NaN;
  return count;
}

it('keeps the chain of two runs that append side by side, whoever is first each time', async () => {
  const [a, b] = [adoptionAt('2026-03-01T10:00:00.000Z'), adoptionAt('2026-03-01T11:00:00.000Z')];
  await Promise.all([a.append(POINTER_STREAM, moves(1)), b.append(POINTER_STREAM, moves(1))]);
  for (const [first, second] of [
    [a, b],
    [b, a],
    [a, b],
  ] as const) {
    await first.append(POINTER_STREAM, moves(2));
    await second.append(POINTER_STREAM, moves(2));
  }
  await requireSound(store);
  expect(await recorded()).toBe(7);
});

it('refuses to go on behind events of another commit', async () => {
  await adoptionAt('2026-03-01T10:00:00.000Z').append(POINTER_STREAM, moves(1));
  const other = adoptionAt('2026-03-01T10:00:00.000Z', '2'.repeat(40));
  await expect(other.append(POINTER_STREAM, moves(2))).rejects.toThrow(AlreadyAdopted);
  expect(await recorded()).toBe(1);
});

it('appends in parts what is too much for one append', async () => {
  await adoptionAt('2026-03-01T10:00:00.000Z').append(POINTER_STREAM, moves(5, MAX_APPEND_BYTES / 2));
  await requireSound(store);
  expect(await recorded()).toBe(5);
});
