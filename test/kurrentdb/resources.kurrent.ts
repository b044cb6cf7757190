import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { connect } from '../../src/eventstore/kurrentdb/client';
import { parseConnectionString } from '../../src/eventstore/kurrentdb/connection-settings';
import { DEADLINES } from '../../src/eventstore/kurrentdb/deadlines';
import { idsAt, lastRevisionAt } from '../../src/eventstore/kurrentdb/stream-end';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { sealedRun } from '../eventstore/sealed-events';
import { testNode } from './support/node';
import { startTcpProxy } from './support/tcp-proxy';
import { nothingIsUnhandled } from './support/unhandled';
import { until } from './support/until';

const READS = 10_000;
const REGISTER = join(__dirname, '..', 'support', 'register-ts.cjs');
const OPEN_AND_CLOSE = join(__dirname, 'support', 'open-and-close.ts');

describeWithServer(`what a connection holds${NEEDS_SERVER}`, () => {
  nothingIsUnhandled();
  let server: RealServer;
  const node = testNode();
  beforeAll(async () => {
    server = await startRealServer();
  });
  afterAll(async () => {
    await node.dispose();
    await server.dispose();
  });

  it(`does not grow over ${READS} reads`, async () => {
    const connection = connect(parseConnectionString(server.connectionString));
    const open = (): number => (Reflect.get(connection.client, 'disposableStreams') as Set<unknown>).size;
    const begun = Date.now();
    for (let at = 0; at < READS; at += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          index % 2 === 0
            ? lastRevisionAt(connection, 'nothing', DEADLINES.readMs)
            : idsAt(connection, 'nothing', { fromRevision: 0, limit: 1 }, DEADLINES.readMs),
        ),
      );
      expect(open()).toBeLessThan(100);
    }
    process.stdout.write(`${READS} reads in ${Date.now() - begun} ms, ${open()} streams left open\n`);
    await until(() => open() === 0, 5_000);
    await connection.close();
  });

  it('does not grow over reads that are given up', async () => {
    const proxy = await startTcpProxy(server.port);
    const connection = connect(parseConnectionString(`esdb://127.0.0.1:${proxy.port}?tls=false`));
    const open = (): number => (Reflect.get(connection.client, 'disposableStreams') as Set<unknown>).size;
    await lastRevisionAt(connection, 'nothing', DEADLINES.readMs);
    proxy.freeze();
    const reads = Array.from({ length: 200 }, () => lastRevisionAt(connection, 'nothing', 300));
    for (const read of reads) await expect(read).rejects.toThrow('did not answer within 300 ms');
    await until(() => open() === 0, 5_000);
    proxy.thaw();
    expect(await lastRevisionAt(connection, 'nothing', DEADLINES.readMs)).toBe(-1);
    await connection.close();
    await proxy.close();
  });

  it('is let go of when it is closed: no connection is left to the server', async () => {
    const proxy = await startTcpProxy(server.port);
    const store = await node.open(`esdb://127.0.0.1:${proxy.port}?tls=false`);
    await store.append('package-a', 'no_stream', sealedRun('package-a', 1));
    expect(proxy.connections()).toBeGreaterThan(0);
    await store.close();
    await until(() => proxy.connections() === 0, 15_000);
    await proxy.close();
  });

  it('does not keep a process from ending', async () => {
    const args = ['-r', REGISTER, OPEN_AND_CLOSE, server.connectionString, `${node.path}-process`];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let closedAt = 0;
    child.stdout.on('data', () => (closedAt = Date.now()));
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(closedAt).toBeGreaterThan(0);
    expect(Date.now() - closedAt).toBeLessThan(2_000);
  });
});
