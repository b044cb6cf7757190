import { ANY, binaryEvent, type EventData, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { type RecordedEvent } from '../../src/domain';
import { headAfter } from '../../src/eventstore';
import { parseConnectionString } from '../../src/eventstore/kurrentdb/connection-settings';
import { openReading } from '../../src/server/open-reading';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { deactivated, sealedBehind } from '../eventstore/sealed-events';
import { until } from '../git/remote/pushed-story';
import { DISCOVERY, TASK } from '../server/support/discovery-drafts';
import { driftOf } from '../server/support/drift-of-tests';
import { type RunningSlipway, startSlipway } from '../server/support/running-slipway';
import { nothingIsUnhandled } from './support/unhandled';

const CREDENTIALS = { credentials: { username: 'nobody', password: 'none' } };
const POINTER = 'pointer-production';

interface Readiness {
  readonly eventLog: object;
  readonly projections: { readonly stopped: string | null; readonly position: string };
  readonly publisher: { readonly stopped: string | null; readonly position: string };
}

/** What somebody writes behind the last event of the pointer, and what whoever meets it says. */
const FOREIGN: readonly [string, (last: RecordedEvent) => EventData, RegExp][] = [
  [
    'bytes',
    () => binaryEvent({ type: 'Tagged', data: Buffer.from([0xff, 0x00]) }),
    /Event pointer-production@1 is not readable/,
  ],
  [
    'an event without our metadata',
    () => jsonEvent({ type: 'Activated', data: { changes: [] } }),
    /pointer-production@1 is (not readable|kept under an id that is not its own)/,
  ],
  [
    'an event that looks like ours and was never sealed',
    (last) => forged(last, (hash) => hash.replace(/./g, '0')),
    /pointer-production@1 does not have the hash that it was sealed with/,
  ],
  [
    'an event that is sealed behind another',
    (last) => forged({ ...last, metadata: { ...last.metadata, hash: 'f'.repeat(64) } }, (hash) => hash),
    /pointer-production@1 does not name the hash of the event before it/,
  ],
];

describeWithServer(`events that somebody else wrote, as a node meets them${NEEDS_SERVER}`, () => {
  nothingIsUnhandled();
  let server: RealServer;
  let somebody: EventStoreDBClient;
  let logs = 0;
  beforeAll(async () => {
    server = await startRealServer();
    somebody = new EventStoreDBClient({ endpoint: `127.0.0.1:${server.port}` }, { insecure: true });
  });
  afterAll(async () => {
    await somebody.dispose();
    await server.dispose();
  });

  it.each(FOREIGN)('%s: nothing that follows the log goes past it, and readiness names it', async (_, event, why) => {
    const prefix = `foreign${String(++logs)}-`;
    const connection = parseConnectionString(server.connectionString);
    const slipway = await startSlipway({ eventStore: { connection, prefix } });
    const { readyz } = driftOf(slipway);
    try {
      const { id } = await slipway.commands.start({ package: DISCOVERY });
      await slipway.commands.save(id, [{ path: TASK, content: 'A text beside the damage.\n' }]);
      await slipway.published();
      const [main, before] = [slipway.git('rev-parse', 'main'), (await readyz()).body as Readiness];
      const pointer: unknown = await slipway.ask('{ activeReleases { pointer } }');
      const foreign = event(await lastOf(slipway, POINTER));
      await somebody.appendToStream(`${prefix}${POINTER}`, foreign, { expectedRevision: ANY, ...CREDENTIALS });

      const saysSo = async (): Promise<void> => {
        await until(async () => ((await readyz()).body as Readiness).publisher.stopped !== null);
        await until(async () => ((await readyz()).body as Readiness).projections.stopped !== null);
        const { status, body } = await readyz();
        expect(status).toBe(503);
        for (const part of ['projections', 'publisher'] as const) {
          expect((body as Readiness)[part]).toMatchObject({ stopped: expect.stringMatching(why) as string });
          expect((body as Readiness)[part].position).toBe(before[part].position);
        }
        // The log itself is followed on: it is not the log that has stopped.
        expect((body as Readiness).eventLog).toEqual({ failing: null, failingForMs: null, stopped: null });
        expect(slipway.git('rev-parse', 'main')).toBe(main);
        expect(await slipway.ask('{ activeReleases { pointer } }')).toEqual(pointer);
      };
      await saysSo();

      // Nothing more is decided on its stream; other streams are not concerned.
      await expect(slipway.commands.deactivate(['implementation_plan'])).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: expect.stringMatching(
          /The event log is damaged: .*pointer-production@1 .* Restore it from a backup/,
        ) as string,
      });
      await expect(slipway.commands.commit({ draft: id, changeType: 'MINOR' })).resolves.toMatchObject({ release: {} });
      await slipway.restart();
      await saysSo();
    } finally {
      await slipway.close();
    }
  });
});

/** A move of the pointer behind an event, with another hash than its own where `rehash` says so. */
function forged(last: RecordedEvent, rehash: (hash: string) => string): EventData {
  const [envelope] = sealedBehind(POINTER, headAfter(last), [deactivated('FORGED')]);
  if (envelope === undefined) throw new Error('Nothing was sealed.');
  const { type, data, metadata } = envelope;
  return jsonEvent({
    id: metadata.eventId,
    type,
    data: { ...data },
    metadata: { ...metadata, hash: rehash(metadata.hash) },
  });
}

async function lastOf(slipway: RunningSlipway, stream: string): Promise<RecordedEvent> {
  const reading = await openReading(slipway.dataDirectory);
  let last: RecordedEvent | null = null;
  for await (const event of reading.log.readStream(stream)) last = event;
  await reading.close();
  if (last === null) throw new Error(`${stream} is empty.`);
  return last;
}
