import { randomBytes } from 'node:crypto';
import { ANY, EventStoreDBClient, jsonEvent, StreamNotFoundError } from '@eventstore/db-client';
import { parseConnectionString } from '../../src/eventstore/kurrentdb/connection-settings';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { bareRepository, until } from '../git/remote/pushed-story';
import { scratch } from '../git/real-git';
import { driftOf } from '../server/support/drift-of-tests';
import { startSlipway } from '../server/support/running-slipway';
import { addressOf, remoteAt } from '../server/support/shared-log';
import { nothingIsUnhandled } from './support/unhandled';

const { next } = scratch();
const CREDENTIALS = { credentials: { username: 'nobody', password: 'none' } };
const POINTER = 'pointer-production';
const PLAN = 'implementation_plan';
/** The server scavenges files that are full: small ones are full soon. */
const FILE_BYTES = 1_000_000;

describeWithServer(`a stream of ours that lost its first events${NEEDS_SERVER}`, () => {
  nothingIsUnhandled();
  let server: RealServer;
  let somebody: EventStoreDBClient;
  beforeAll(async () => {
    server = await startRealServer({ onDisk: true, more: ['--chunk-size', String(FILE_BYTES)] });
    somebody = new EventStoreDBClient({ endpoint: `127.0.0.1:${server.port}` }, { insecure: true });
  });
  afterAll(async () => {
    await somebody.dispose();
    await server.dispose();
  });

  const fillFiles = async (): Promise<void> => {
    for (let written = 0; written < 2 * FILE_BYTES; written += 100_000) {
      const other = jsonEvent({ type: 'Other', data: { text: randomBytes(50_000).toString('hex') } });
      await somebody.appendToStream('others', other, { expectedRevision: ANY, ...CREDENTIALS });
    }
  };
  const scavenge = async (): Promise<void> => {
    const started = await fetch(`http://127.0.0.1:${server.port}/admin/scavenge`, { method: 'POST' });
    const [scavengeId = 'none'] = /[0-9a-f-]{36}/.exec(await started.text()) ?? [];
    const isCompleted = async (): Promise<boolean> => {
      const types: (string | undefined)[] = [];
      // To its end: a read that is left open keeps the client from being disposed of.
      for await (const { event } of somebody.readStream(`$scavenges-${scavengeId}`, CREDENTIALS))
        types.push(event?.type);
      return types.includes('$scavengeCompleted');
    };
    const isNotBegun = (error: unknown): false => {
      if (error instanceof StreamNotFoundError) return false;
      throw error;
    };
    await until(() => isCompleted().catch(isNotBegun), 60_000);
  };

  it.each<[string, (stream: string) => Promise<unknown>]>([
    ['a limit of its length', (stream) => somebody.setStreamMetadata(stream, { maxCount: 1 }, CREDENTIALS)],
    ['being cut off', (stream) => somebody.setStreamMetadata(stream, { truncateBefore: 3 }, CREDENTIALS)],
    ['being deleted', (stream) => somebody.deleteStream(stream, CREDENTIALS)],
  ])('by %s: nodes that lack them refuse to start and say which, one that has them goes on', async (what, lose) => {
    const prefix = `${what.replace(/[^a-z]/g, '')}-`;
    const eventStore = { connection: parseConnectionString(server.connectionString), prefix };
    const remote = remoteAt(bareRepository(next('.git')));
    const node = await startSlipway({ eventStore, remote, nodeAddress: addressOf('a') });
    const away = await startSlipway({ eventStore, remote, nodeAddress: addressOf('b') });
    try {
      const missed = away.restart(async () => {
        await node.commands.deactivate([PLAN]);
        await node.commands.activate({ [PLAN]: '1.0.0' });
        await node.commands.deactivate([PLAN]);
        await node.published();
        await lose(`${prefix}${POINTER}`);
        await fillFiles();
        await scavenge();
      });
      await expect(missed).rejects.toThrow(`Revision 1 is missing from stream ${POINTER}: the server gave 3.`);
      await expect(startSlipway({ eventStore, remote, nodeAddress: addressOf('c') })).rejects.toThrow(
        `Revision 0 is missing from stream ${POINTER}: the server gave 3.`,
      );

      const { position } = await node.commands.activate({ [PLAN]: '1.0.0' });
      await node.restart();
      await node.published();
      expect((await driftOf(node).readyz()).body).toMatchObject({
        status: 'ready',
        publisher: { position, lag: 0 },
      });
    } finally {
      await away.close();
      await node.close();
    }
  });
});
