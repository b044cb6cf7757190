import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type AllStreamRecordedEvent, START } from '@eventstore/db-client';
import { type RecordedEvent } from '../../src/domain';
import { type Connection, connect } from '../../src/eventstore/kurrentdb/client';
import { parseConnectionString } from '../../src/eventstore/kurrentdb/connection-settings';
import { openKurrentDbEventStore } from '../../src/eventstore/kurrentdb/open-kurrentdb-event-store';
import { itemsOf } from '../../src/eventstore/kurrentdb/read-events';
import { openSqliteEventLog } from '../../src/eventstore/sqlite/sqlite-event-log';
import { COMPILING_MS, scratch, slipway as run, startCommand } from '../cli/support/run-slipway';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { git } from '../git/real-git';
import { DISCOVERY } from '../server/support/discovery-drafts';
import { fillWithHistory } from '../server/support/rich-log';
import { startSlipway } from '../server/support/running-slipway';
import { randomOf, seedOfRun } from './support/random';
import { startTcpProxy, type TcpProxy } from './support/tcp-proxy';
import { until } from './support/until';

const KILLS = 4;
const ROUNDS = 24;
/** Between the command and the server, each way: what it does is seen while it does it. */
const DELAY_MS = 25;
/** Events that are left for the time between a look and the signal. */
const ROOM = 15;
const PREFIX = 'copied-';

describeWithServer(`slipway copy-events that is killed${NEEDS_SERVER}`, () => {
  const { next } = scratch();
  const random = randomOf(seedOfRun());
  let server: RealServer;
  let proxy: TcpProxy;
  let connection: Connection;
  let from: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    [server] = await Promise.all([startRealServer({ onDisk: true }), run(['--help'])]);
    proxy = await startTcpProxy(server.port);
    connection = connect(parseConnectionString(server.connectionString));
    env = {
      SLIPWAY_EVENT_STORE: `esdb://127.0.0.1:${String(proxy.port)}?tls=false`,
      SLIPWAY_EVENT_STORE_PREFIX: PREFIX,
    };
    from = next('data');
    const filled = await startSlipway();
    await fillWithHistory(filled);
    // Two streams that take turns: each event is an append of its own.
    for (let round = 0; round < ROUNDS; round++) {
      await filled.commands.stage({ package: DISCOVERY, version: '1.4.1' });
      if (round % 2 === 0) await filled.commands.deactivate(['implementation_plan']);
      else await filled.commands.activate({ implementation_plan: '1.0.0' });
    }
    await filled.published();
    await filled.restart(() => cpSync(filled.dataDirectory, from, { recursive: true }));
    await filled.close();
  }, COMPILING_MS);
  afterAll(async () => {
    await connection.close();
    await proxy.close();
    await server.dispose();
  });

  /** The events of our streams as the server holds them, in the order of `$all`. */
  const onServer = async (): Promise<AllStreamRecordedEvent[]> => {
    const found: AllStreamRecordedEvent[] = [];
    const { client, credentials } = connection;
    for await (const { event } of itemsOf(client.readAll({ fromPosition: START, credentials }), 3_000)) {
      if (event?.streamId.startsWith(PREFIX) === true && event.streamId !== `${PREFIX}log`) found.push(event);
    }
    return found;
  };
  /** Runs it until the server holds so many events, and ends it with a signal. */
  const endedAt = async (count: number, signal: NodeJS.Signals) => {
    const command = startCommand(['copy-events', '--from', from], { env });
    await until(async () => (await onServer()).length >= count, 60_000);
    command.kill(signal);
    return { ...(await command.ended), there: (await onServer()).length };
  };

  /** A number of events that is more than were there, and leaves room for other runs. */
  const further = (before: number, total: number, runs: number): number =>
    before + 1 + Math.floor((random() * (total - ROOM - before)) / runs);

  it('goes on wherever it was, and makes the same log and the same main', async () => {
    const log = await eventsOf(from);
    proxy.delay(DELAY_MS);
    const seen: number[] = [];
    for (let left = KILLS + 1; left > 1; left--) {
      const before = seen.at(-1) ?? 0;
      const { code, there: killedAt } = await endedAt(further(before, log.length, left), 'SIGKILL');
      expect(code).toBeNull();
      expect(killedAt).toBeLessThan(log.length);
      seen.push(killedAt);
    }
    const { code, stderr, there } = await endedAt(further(seen.at(-1) ?? 0, log.length, 1), 'SIGTERM');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `slipway: Stopped. The server holds ${String(there)} of ${String(log.length)} events. Run the same command again: it goes on from there.\n`,
    });
    proxy.delay(0);
    const done = await run(['copy-events', '--from', from], { env });
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toContain(`${String(log.length - there)} events copied, ${String(there)} were there.`);
    process.stdout.write(`${log.length} events: killed at ${seen.join(', ')}, told to stop at ${there}\n`);

    expect((await onServer()).map(({ streamId, ...event }) => ({ ...factsOf(event), stream: streamId }))).toEqual(
      log.map(({ stream, ...event }) => ({
        ...factsOf({ ...event, id: event.metadata.eventId }),
        stream: PREFIX + stream,
      })),
    );

    // The data directory follows the server now; its repository is made anew from what it has fetched.
    const moved = next('moved');
    cpSync(from, moved, { recursive: true });
    for (const file of ['events.db', 'events.db-wal', 'events.db-shm']) rmSync(join(moved, file), { force: true });
    const to = { connection: parseConnectionString(server.connectionString), prefix: PREFIX };
    await (await openKurrentDbEventStore({ ...to, path: join(moved, 'events.db') })).close();
    expect(await eventsOf(moved)).toEqual(log);
    const rebuilt = await run(['rebuild', '--git', '--data-dir', moved]);
    expect(rebuilt).toMatchObject({ code: 0, stderr: '' });
    const main = (directory: string): string => git(join(directory, 'repository.git'), ['rev-list', 'main']);
    expect(main(moved)).toBe(main(from));
  });
});

interface Facts {
  readonly id: string;
  readonly type: string;
  readonly revision: number | bigint;
  readonly data: unknown;
  readonly metadata: unknown;
}

function factsOf({ id, type, revision, data, metadata }: Facts) {
  return { id, type, revision: Number(revision), data, metadata };
}

async function eventsOf(directory: string): Promise<readonly RecordedEvent[]> {
  const log = openSqliteEventLog({ path: join(directory, 'events.db') });
  const events: RecordedEvent[] = [];
  for await (const event of log.readAll()) events.push(event);
  await log.close();
  return events;
}
