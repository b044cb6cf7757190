import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonEvent } from '@eventstore/db-client';
import { DataDirectoryInUse, openSqlite } from '../../src/eventstore';
import { connect } from '../../src/eventstore/kurrentdb/client';
import { openKurrentDbEventStore } from '../../src/eventstore/kurrentdb/open-kurrentdb-event-store';
import { lastRevisionAt } from '../../src/eventstore/kurrentdb/stream-end';
import { streamNames } from '../../src/eventstore/kurrentdb/stream-names';
import { openSqliteEventLog } from '../../src/eventstore/sqlite/sqlite-event-log';
import { copyEvents } from '../../src/server/copy-events';
import { type EventStoreConfig, readEventStoreConfig } from '../../src/server/event-store-config';
import { verifyDataDirectory } from '../../src/server/verify-data-directory';
import { COMPILING_MS, slipway as run } from '../cli/support/run-slipway';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { sealedRun } from '../eventstore/sealed-events';
import { slipwayOfFile, startSlipway } from './support/running-slipway';

const DISCOVERY = 'project_discovery';

describeWithServer(`slipway copy-events${NEEDS_SERVER}`, () => {
  const slipway = slipwayOfFile();
  let scratch: string;
  /** The data directory, as it stood when its server was stopped. */
  let stopped: string;
  let server: RealServer;
  let prefixes = 0;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'slipway-copy-events-'));
    stopped = join(scratch, 'stopped');
    [server] = await Promise.all([startRealServer(), run(['--help'])]);
    await slipway.commands.stage({ package: DISCOVERY, version: '1.3.0' });
    await slipway.commands.activate({ [DISCOVERY]: '1.3.0' });
    await slipway.commands.rollback({ package: DISCOVERY });
    await slipway.published();
    await slipway.restart(() => cpSync(slipway.dataDirectory, stopped, { recursive: true }));
  }, COMPILING_MS);
  afterAll(async () => {
    await server.dispose();
    rmSync(scratch, { recursive: true });
  });

  /** A place of its own on the server. */
  function place(): { to: EventStoreConfig; env: Record<string, string> } {
    const prefix = `copy${String(++prefixes)}-`;
    const env = { SLIPWAY_EVENT_STORE: server.connectionString, SLIPWAY_EVENT_STORE_PREFIX: prefix };
    const to = readEventStoreConfig({}, env);
    if (to === null) throw new Error('No event store.');
    return { to, env };
  }

  function stoppedDirectory(name: string): string {
    const directory = join(scratch, name);
    cpSync(stopped, directory, { recursive: true });
    return directory;
  }

  it('copies a log whole, and proves that it makes the same commits', async () => {
    const { env } = place();
    const args = ['copy-events', '--from', stopped, '--to', server.connectionString, '--json'];
    const { code, stdout, stderr } = await run(args, { env: { ...env, SLIPWAY_EVENT_STORE: '' } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const log = openSqliteEventLog({ path: join(stopped, 'events.db') });
    const { logId } = log;
    const position = await log.head();
    await log.close();
    const copied = JSON.parse(stdout) as { events: number; checks: { check: string; passed: boolean }[] };
    expect(copied).toMatchObject({ passed: true, logId, position, copied: copied.events, unpublished: 0 });
    expect(copied.checks.map(({ check, passed }) => [check, passed])).toEqual(
      ['chain', 'commits', 'trees', 'pointer', 'objects'].map((check) => [check, true]),
    );
    const again = await run(['copy-events', '--from', stopped], { env });
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain(`Log ${logId}: 0 events copied, ${String(copied.events)} were there.`);
    expect(again.stdout).toContain('ok    commits     main is exactly the');
    expect(existsSync(join(stopped, 'events.db.copying'))).toBe(false);
  });

  it.each([1, 5])('goes on after an interruption behind %i events', async (stopAfter) => {
    const { to } = place();
    const dataDirectory = stopped;
    let there = 0;
    const interrupted = copyEvents({
      dataDirectory,
      to,
      onCopied: (done) => {
        if (done >= stopAfter) throw new Error(`interrupted behind ${String((there = done))}`);
      },
    });
    await expect(interrupted).rejects.toThrow('interrupted behind');
    const path = join(scratch, `node-of-${to.prefix}db`);
    await expect(openKurrentDbEventStore({ ...to, path })).rejects.toThrow('Run slipway copy-events again');
    const { passed, events, copied } = await copyEvents({ dataDirectory, to });
    expect({ passed, copied }).toEqual({ passed: true, copied: events - there });
    await (await openKurrentDbEventStore({ ...to, path })).close();
  });

  it('ends when it is told to, says how far it is, and goes on from there', async () => {
    const { to } = place();
    const dataDirectory = stopped;
    const told = new AbortController();
    let far = '';
    const onCopied = (done: number, total: number): void => {
      if (done < 5 || told.signal.aborted) return;
      far = `${String(done)} of ${String(total)}`;
      told.abort();
    };
    const ended = await copyEvents({ dataDirectory, to, onCopied, signal: told.signal }).catch(
      (error: unknown) => error,
    );
    expect(ended).toMatchObject({
      name: 'CopyInterrupted',
      message: `Stopped. The server holds ${far} events. Run the same command again: it goes on from there.`,
    });
    expect(existsSync(join(stopped, 'events.db.copying'))).toBe(false);
    const { passed, events, copied } = await copyEvents({ dataDirectory, to });
    expect({ passed, far: `${String(events - copied)} of ${String(events)}` }).toEqual({ passed: true, far });
    await expect(copyEvents({ dataDirectory, to, signal: AbortSignal.abort() })).rejects.toThrow(
      'Stopped. This run has copied nothing yet.',
    );
  });

  it('moves a data directory over: read models, positions and main stay', async () => {
    const { to } = place();
    const dataDirectory = stoppedDirectory('moves-over');
    const { position } = await copyEvents({ dataDirectory, to });
    for (const file of ['events.db', 'events.db-wal', 'events.db-shm'])
      rmSync(join(dataDirectory, file), { force: true });
    const tip = slipway.git('rev-parse', 'main');
    const moved = await startSlipway({ dataDirectory, eventStore: to });
    try {
      expect(moved.git('rev-parse', 'main')).toBe(tip);
      const { activations } = await moved.ask('{ activations(first: 1) { nodes { action commit position } } }');
      expect(activations).toMatchObject({ nodes: [{ action: 'ROLLED_BACK', position }] });
      await moved.commands.activate({ [DISCOVERY]: '1.3.0' });
      await moved.published();
      await expect(verifyDataDirectory(dataDirectory)).resolves.toMatchObject({ passed: true, unpublished: 0 });
      const goneOn = copyEvents({ dataDirectory: stopped, to });
      await expect(goneOn).rejects.toMatchObject({
        name: 'CopyRefused',
        cause: { message: expect.stringContaining('it has been used since it was copied') as string },
      });
    } finally {
      await moved.close();
    }
  });

  it('is refused where another log is under the prefix, before anything is written', async () => {
    const { to, env } = place();
    const foreign = await openKurrentDbEventStore({ ...to, path: join(scratch, 'foreign.db') });
    try {
      await foreign.append('package-a', 'no_stream', sealedRun('package-a', 1));
      await expect(copyEvents({ dataDirectory: stopped, to })).rejects.toMatchObject({
        name: 'CopyRefused',
        message: expect.stringContaining(`Under the prefix ${to.prefix} the server holds another log`) as string,
        cause: { message: expect.stringMatching(/^It holds log [0-9a-f]{12}, not log/) as string },
      });
      const { code, stderr } = await run(['copy-events', '--from', stopped], { env });
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringMatching(
          /name a prefix under which nothing is, .* \(It holds log [0-9a-f]{12}, not log/,
        ) as string,
      });
      for await (const event of foreign.readAll()) expect(event.stream).toBe('package-a');
    } finally {
      await foreign.close();
    }
  });

  it('is refused where events of no log are under the prefix, and begins none there', async () => {
    const { to } = place();
    const connection = connect(to.connection);
    const names = streamNames(to.prefix);
    const foreign = names.onServer('package-a');
    const found = (): Promise<number[]> =>
      Promise.all([names.identity, foreign].map((name) => lastRevisionAt(connection, name, 3_000)));
    try {
      await connection.client.appendToStream(foreign, jsonEvent({ type: 'Foreign', data: {} }));
      await expect(copyEvents({ dataDirectory: stopped, to })).rejects.toMatchObject({
        name: 'CopyRefused',
        message: expect.stringContaining(`Under the prefix ${to.prefix}`) as string,
        cause: { message: 'It holds events that belong to no log, the last of them package-a@0.' },
      });
      expect(await found()).toEqual([-1, 0]);
    } finally {
      await connection.close();
    }
  });

  it('is refused while a server has the data directory, and where its log follows a KurrentDB already', async () => {
    const { to } = place();
    await expect(copyEvents({ dataDirectory: slipway.dataDirectory, to })).rejects.toThrow(DataDirectoryInUse);
    const follower = await startSlipway({ eventStore: to });
    const followed = join(scratch, 'followed');
    await follower.restart(() => cpSync(follower.dataDirectory, followed, { recursive: true }));
    await follower.close();
    await expect(copyEvents({ dataDirectory: followed, to: place().to })).rejects.toMatchObject({
      name: 'CopyRefused',
      message: `The log of ${followed} is on a KurrentDB already; there is nothing to copy.`,
    });
  });

  it('is refused where the log does not verify, before the server is asked', async () => {
    const dataDirectory = stoppedDirectory('damaged');
    const database = openSqlite({ path: join(dataDirectory, 'events.db'), synchronous: 'FULL' });
    database.exec(`DROP TRIGGER events_keep_update;
      UPDATE events SET data = replace(data, '1.3.0', '1.3.1') WHERE type = 'Activated'`);
    database.close();
    const nowhere = readEventStoreConfig({ eventStore: 'esdb://127.0.0.1:1?tls=false' }, {});
    if (nowhere === null) throw new Error('No event store.');
    await expect(copyEvents({ dataDirectory, to: nowhere })).rejects.toMatchObject({
      name: 'CopyRefused',
      cause: { message: expect.stringContaining('does not have the hash that it was sealed with') as string },
    });
  });
});
