import { setTimeout as pause } from 'node:timers/promises';
import { commandIdOf } from '../../src/eventstore';
import { openReading } from '../../src/server/open-reading';
import { describeWithServer, NEEDS_SERVER } from '../eventstore/kurrentdb/support/real-server';
import { until } from '../git/remote/pushed-story';
import { DISCOVERY, TASK } from '../server/support/discovery-drafts';
import { type Answer } from '../server/support/graphql-client';
import { type RunningSlipway } from '../server/support/running-slipway';
import { type SharedLog, startSharedLog } from '../server/support/shared-log';
import { nothingIsUnhandled } from './support/unhandled';

const FROZEN_MS = 10_000;
/** A read and an append, one after the other: what a command waits for the server at most. */
const COMMAND_MS = 8_000;
/** What a command does beside that: content is checked, and pushed to the other nodes. */
const OWN_WORK_MS = 2_000;
/** A node that cannot append for longer is not ready. */
const READY_FOR_MS = 5_000;
const PLAN = 'implementation_plan';

/** What a node said of itself. */
interface Said {
  readonly status: number;
  readonly failing: string | null;
  readonly failingForMs: number | null;
}

describeWithServer(`nodes whose server is frozen${NEEDS_SERVER}`, () => {
  nothingIsUnhandled();
  let log: SharedLog;
  let a: RunningSlipway;
  let b: RunningSlipway;
  let freezeWhenKept = false;
  let frozenAt: number | null = null;

  const freeze = (): void => {
    log.server.freeze();
    frozenAt = Date.now();
  };
  beforeAll(async () => {
    log = await startSharedLog({ onDisk: true });
    const step = (name: string): Promise<void> => {
      if (name === 'kept' && freezeWhenKept && frozenAt === null) freeze(); // its append is next
      return Promise.resolve();
    };
    [a, b] = await Promise.all([log.node('a', { step }), log.node('b')]);
  });
  afterAll(async () => {
    log.server.thaw();
    await Promise.all([a.close(), b.close()]);
    await log.dispose();
  });

  const send = (node: RunningSlipway, operation: string, input: object, selection = 'position'): Promise<Answer> => {
    const type = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Input!`;
    return node.gql(`mutation ($input: ${type}) { ${operation}(input: $input) { ${selection} } }`, { input });
  };
  const readiness = async (node: RunningSlipway): Promise<Said> => {
    const answer = await fetch(new URL('/readyz', node.url));
    const { eventLog } = (await answer.json()) as { eventLog: { failing: string | null; failingForMs: number | null } };
    return { status: answer.status, failing: eventLog.failing, failingForMs: eventLog.failingForMs };
  };
  /** Positions of the events that a command made, as a node has them. */
  const made = async (node: RunningSlipway, operation: string, key: string): Promise<string[]> => {
    const reading = await openReading(node.dataDirectory);
    const id = commandIdOf('admin', operation, key, () => '');
    const found: string[] = [];
    for await (const { metadata, position } of reading.log.readAll())
      if (metadata.commandId === id) found.push(position);
    await reading.close();
    return found;
  };

  /** Asks both nodes again and again, until the server was frozen for long enough and none of them is ready. */
  const listen = async (frozen: number): Promise<readonly Said[]> => {
    const said: Said[] = [];
    for (;;) {
      const now = await Promise.all([a, b].map(readiness));
      said.push(...now);
      for (const node of [a, b]) {
        expect((await node.gql('{ activeReleases { pointer } auditLog { nodes { id } } }')).errors).toEqual([]);
      }
      const forMs = Date.now() - frozen;
      if (forMs >= FROZEN_MS && now.every(({ status }) => status === 503)) return said;
      if (forMs > 3 * FROZEN_MS) throw new Error(`They are still ready: ${JSON.stringify(now)}`);
      await pause(100);
    }
  };

  it('refuse commands in time, answer queries, and do after the thaw what is sent again, once', async () => {
    const { id: draft } = await a.commands.start({ package: DISCOVERY });
    await a.commands.save(draft, [{ path: TASK, content: 'A text that waits for the thaw.\n' }]);
    await a.published();
    const following = await b.subscribe<{ id: string }>('subscription { activations { id } }');

    const commit = { draft, message: 'Once', changeType: 'MINOR', idempotencyKey: 'commit' };
    const move = { packages: [PLAN], reason: 'Once', idempotencyKey: 'move' };
    freezeWhenKept = true;
    const committing = send(a, 'commitDraft', commit);
    await until(() => frozenAt !== null);
    const frozen = frozenAt ?? 0;
    const within = async (ms: number, answering: Promise<Answer>): Promise<void> => {
      expect(await answering).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
      expect(Date.now() - frozen).toBeLessThan(ms);
    };
    const released = { package: DISCOVERY, version: '1.3.0' };
    const refusals = Promise.all([
      within(COMMAND_MS + OWN_WORK_MS, committing),
      within(COMMAND_MS, send(a, 'startDraft', { package: DISCOVERY }, 'draft { id }')),
      within(COMMAND_MS, send(a, 'deactivate', move)),
      within(COMMAND_MS, send(b, 'activateReleases', { releases: [released], reason: 'Frozen' })),
    ]);
    const said = await listen(frozen);
    await refusals;
    // Not before its time, and always from then on.
    for (const { status, failing, failingForMs } of said) {
      expect({ status, failing }).toEqual({
        status: (failingForMs ?? 0) > READY_FOR_MS ? 503 : 200,
        failing: failingForMs === null ? null : (expect.stringContaining('did not answer') as string),
      });
    }
    expect(said.some(({ status, failing }) => status === 200 && failing !== null)).toBe(true);
    log.server.thaw();

    await until(async () => (await Promise.all([a, b].map(readiness))).every(({ status }) => status === 200));
    for (const [operation, input] of [
      ['commitDraft', commit],
      ['deactivate', move],
    ] as const) {
      const answer = await send(a, operation, input);
      expect(answer.errors).toEqual([]);
      const { position } = answer.data[operation] as { position: string };
      expect((await send(a, operation, input)).data[operation]).toEqual({ position });
      const seen = await b.gql('{ activeReleases { pointer } }', {}, b.adminToken, {
        'x-slipway-min-position': position,
      });
      expect(seen.errors).toEqual([]);
      for (const node of [a, b]) expect(await made(node, operation, input.idempotencyKey)).toEqual([position]);
    }
    const back = await b.commands.activate({ [PLAN]: '1.0.0' });
    expect((await following.take(2)).map(({ id }) => id).at(1)).toBe(back.id); // nothing between, nothing twice
    await Promise.all([a.published(), b.published()]);
    await until(() => a.git('rev-parse', 'main') === b.git('rev-parse', 'main'));
    expect(a.git('log', '--format=%H', '-1', 'main', `--grep=${back.id}`)).toBe(a.git('rev-parse', 'main'));
  });
});
