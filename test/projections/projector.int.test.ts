import { writeFileSync } from 'node:fs';
import { PositionUnknown, type EventType } from '../../src/domain';
import { openSqlite, sealEvents, StoreUnavailable, type EventStore } from '../../src/eventstore';
import { digestReadModel, rebuildReadModel, TABLE_SETS, type Projections } from '../../src/projections';
import { commitOf, GivenLog, TOM, withLog } from './given-log';

describe('the projections', () => {
  it(
    'give the same rows live, after a reopen and when made anew',
    withLog(async (log) => {
      await log.projections();
      await story(log);
      const { publications } = await log.projections();
      publications.record('some event', commitOf('some commit'));
      await log.closeProjections();
      const live = digest(log);

      await log.projections();
      await log.closeProjections();
      expect(digest(log)).toBe(live);

      const rebuilt = await rebuildReadModel({ path: log.readModelPath, store: log.store });
      expect(rebuilt).toEqual({ position: await log.store.head(), events: 11, digestBefore: live, digest: live });
      expect((await log.projections()).publications.count()).toBe(1);
    }),
  );

  it(
    'go on where they stopped, without reading again what they contain',
    withLog(async (log) => {
      await story(log);
      const first = await log.projections();
      const position = first.position();
      await log.closeProjections();

      const asked: unknown[] = [];
      const store: EventStore = Object.create(log.store, {
        subscribe: {
          value: (options: Parameters<EventStore['subscribe']>[0]) => {
            asked.push(options.after);
            return log.store.subscribe(options);
          },
        },
      });
      await log.committed('intake@2.0.0');
      await log.projections({ store });
      expect(asked).toEqual([position]);
    }),
  );

  it(
    'are made anew when one of them has another version',
    withLog(async (log) => {
      await story(log);
      await log.projections();
      await log.closeProjections();
      const before = digest(log);
      damageRows(log);
      expect(digest(log)).not.toBe(before);

      const sets = TABLE_SETS.map((set) => ({ ...set, version: set.version + 1 }));
      await log.projections({ sets });
      await log.closeProjections();
      await log.projections();
      await log.closeProjections();
      expect(digest(log)).toBe(before);
    }),
  );

  it(
    'are made anew when the file belongs to another log, publications included',
    withLog(async (log) => {
      await story(log);
      (await log.projections()).publications.record('some event', commitOf('some commit'));
      await log.closeProjections();
      const other = new GivenLog();
      try {
        await other.committed('intake@1.0.0');
        const projections = await other.projections({ path: log.readModelPath });
        expect(projections.readModel.packages({}, { first: 10 }).totalCount()).toBe(1);
        expect(projections.publications.count()).toBe(0);
      } finally {
        await other.close();
      }
    }),
  );

  it(
    'are made anew when the log was put back to an earlier state, or holds other events than they saw',
    withLog(async (log) => {
      await story(log);
      await log.projections();
      await log.closeProjections();
      for (const events of [1, 20]) {
        const other = new GivenLog(log.store.logId);
        try {
          for (let n = 0; n < events; n += 1) await other.committed(`intake@1.${n}.0`);
          const { readModel } = await other.projections({ path: log.readModelPath });
          expect(readModel.packages({}, { first: 10 }).totalCount()).toBe(1);
          expect(readModel.releases({}, { first: 10 }).totalCount()).toBe(events);
        } finally {
          await other.close();
        }
      }
    }),
  );

  it(
    'are made anew when the file is damaged',
    withLog(async (log) => {
      await log.committed('intake@1.0.0');
      writeFileSync(
        log.readModelPath,
        'This is no database, but it is as long as the header of one would be.'.repeat(99),
      );
      const { readModel } = await log.projections();
      expect(readModel.packages({}, { first: 10 }).totalCount()).toBe(1);
    }),
  );

  it(
    'stop before an event that they cannot read, say where, and answer from what came before',
    withLog(async (log) => {
      await log.committed('intake@1.0.0');
      const poison = { type: 'Renamed' as EventType, data: { package: 'intake' } } as Parameters<typeof log.append>[1];
      await log.append('package-intake', poison);
      const last = await log.committed('intake@1.1.0');
      const projections = await started(log);
      expect(projections.status()).toMatchObject({ caughtUp: false });
      expect(projections.status().stopped).toMatch(/Renamed at package-intake@1 .*not known/);
      expect(projections.readModel.releases({}, { first: 10 }).totalCount()).toBe(1);
      expect(await projections.waitFor(last.position, 60_000)).toBe(false);
    }),
  );

  it(
    'stop at an event of a newer shape, and at one whose data is not what its type says',
    withLog(async (log) => {
      await log.append('package-intake', { type: 'Committed', data: { package: 'intake' } } as never);
      const projections = await started(log);
      expect(projections.status().stopped).toMatch(/Committed at package-intake@0/);
      await log.closeProjections();

      const newer = new GivenLog();
      try {
        const [event] = sealEvents({
          stream: 'package-intake',
          head: { revision: -1, hash: null, occurredAt: null },
          events: [
            { type: 'Tagged', data: { package: 'intake', version: '1.0.0', tag: 't', commit: 'c', message: 'm' } },
          ],
          context: {
            actor: TOM,
            commandId: 'command',
            commandDigest: 'digest',
            correlationId: 'request',
            now: '2026-03-01T10:00:00.000Z',
            newEventId: () => 'event',
          },
        });
        await newer.appendSealed([{ ...event!, metadata: { ...event!.metadata, schemaVersion: 2 } }]);
        expect((await started(newer)).status().stopped).toMatch(/shape 2/);
      } finally {
        await newer.close();
      }
    }),
  );

  it(
    'stop at a gap in a stream and never skip it',
    withLog(async (log) => {
      await log.committed('intake@1.0.0');
      await log.staged('intake@1.0.0');
      await log.tagged('intake@1.0.0');
      const store: EventStore = Object.create(log.store, {
        subscribe: { value: () => without('Staged', log.store.readAll()) },
      });
      const projections = await started(log, store);
      expect(projections.status().stopped).toMatch(/Tagged at package-intake@2 .*stands where revision 1 should be/);
      expect(projections.readModel.releasesByKey([{ package: 'intake', version: '1.0.0' }])).toMatchObject([
        { state: 'COMMITTED', tag: null },
      ]);
    }),
  );

  it(
    'try again when the store did not answer',
    withLog(async (log) => {
      await log.committed('intake@1.0.0');
      let failures = 3;
      const store: EventStore = Object.create(log.store, {
        subscribe: {
          value: (options: Parameters<EventStore['subscribe']>[0]) => {
            if (failures === 0) return log.store.subscribe(options);
            failures -= 1;
            throw new StoreUnavailable('The network is down.');
          },
        },
      });
      const projections = await log.projections({ store });
      expect(projections.status()).toMatchObject({ caughtUp: true, stopped: null });
    }),
  );

  it(
    'announce a position after its rows are committed, and wait for one that is to come',
    withLog(async (log) => {
      const committed: (string | undefined)[] = [];
      const projections = await log.projections({
        committed: async (position) => {
          await Promise.resolve();
          committed.push(position);
        },
      });
      expect(projections.position()).toBeNull();
      const { position } = await log.committed('intake@1.0.0');
      expect(await projections.waitFor(position, 5_000)).toBe(true);
      expect(projections.status()).toEqual({ position, caughtUp: true, stopped: null });
      const next = await log.committed('intake@1.1.0');
      await projections.waitFor(next.position, 5_000);
      expect(committed).toContain(position);
    }),
  );

  it(
    'do not wait for a position of another log, or for one ahead of the head',
    withLog(async (log) => {
      const { position } = await log.committed('intake@1.0.0');
      const projections = await log.projections();
      await expect(projections.waitFor(`x${position}`, 5_000)).rejects.toThrow(PositionUnknown);
      await expect(projections.waitFor(`${position.slice(0, -1)}9`, 5_000)).rejects.toThrow(PositionUnknown);
    }),
  );

  it.each([true, false])(
    'are behind, and do not refuse a position ahead of the head, while the store is out of reach (others append: %s)',
    (othersAppend) =>
      withLog(async (log) => {
        const { position } = await log.committed('intake@1.0.0');
        let failing: string | null = 'connect ECONNREFUSED';
        const status = () => ({ failing, failingForMs: failing && 5_000, stopped: null });
        const store: EventStore = Object.create(log.store, { status: { value: status } });
        const projections = await log.projections({ store, othersAppend });
        const ahead = `${position.slice(0, -1)}9`;
        expect(await projections.waitFor(ahead, 5)).toBe(false);
        await expect(projections.waitFor(`x${position}`, 5)).rejects.toThrow(PositionUnknown);
        failing = null;
        await expect(projections.waitFor(ahead, 5)).rejects.toThrow(PositionUnknown);
      })(),
  );

  it(
    'give up waiting after the time that is given, and when they are closed',
    withLog(async (log) => {
      const { position } = await log.committed('intake@1.0.0');
      const store: EventStore = Object.create(log.store, { subscribe: { value: never } });
      const projections = await started(log, store, false);
      expect(await projections.waitFor(position, 5)).toBe(false);
      const waiting = projections.waitFor(position, 60_000);
      await log.closeProjections();
      expect(await waiting).toBe(false);
    }),
  );

  it(
    'project a long log in batches to the same rows as one event at a time',
    withLog(async (log) => {
      await log.projections();
      for (let n = 0; n < 40; n += 1) await log.activated(`project_discovery@1.${n}.0`);
      await log.projections();
      await log.closeProjections();
      const { digest: batched } = await rebuildReadModel({ path: log.readModelPath, store: log.store });
      expect(batched).toBe(digest(log));
    }),
  );
});

/** A bit of everything: 11 events. */
async function story(log: GivenLog): Promise<void> {
  await log.releaseAdopted('project_discovery@1.0.0');
  await log.pointerAdopted(['project_discovery@1.0.0']);
  await log.adopted();
  await log.committed('project_discovery@1.1.0', { base: '1.0.0', displayName: 'Project Discovery' });
  await log.validationFailed('project_discovery@1.1.0');
  await log.committed('project_discovery@1.1.0', { base: '1.0.0', content: 'mended' });
  await log.staged('project_discovery@1.1.0', 'mended');
  await log.activated('project_discovery@1.1.0');
  await log.tagged('project_discovery@1.1.0');
  await log.rolledBack('project_discovery@1.0.0');
  await log.deactivated('project_discovery');
}

function digest(log: GivenLog): string {
  const database = openSqlite({ path: log.readModelPath, synchronous: 'NORMAL' });
  try {
    return digestReadModel(database);
  } finally {
    database.close();
  }
}

function damageRows(log: GivenLog): void {
  const database = openSqlite({ path: log.readModelPath, synchronous: 'NORMAL' });
  database.exec(`UPDATE releases SET state = 'COMMITTED'`);
  database.close();
}

/** Projections that were started, whether they have come to the end of the log or not. */
async function started(log: GivenLog, store: EventStore = log.store, toTheEnd = true): Promise<Projections> {
  const projections = log.open({ store });
  const end = projections.start();
  if (toTheEnd) await end;
  return projections;
}

async function* without<E extends { readonly type: string }>(type: string, events: AsyncIterable<E>): AsyncIterable<E> {
  for await (const event of events) if (event.type !== type) yield event;
}

async function* never({ signal }: { readonly signal: AbortSignal }): AsyncIterable<never> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
}
