import { fastify } from 'fastify';
import { type CheckResult, GIT_MISSING } from '../../src/git';
import { type SlipwayNode } from '../../src/server/compose';
import { registerHealth } from '../../src/server/http/health';
import { driftPart, eventLogPart, followersOfLog, verificationPart } from '../../src/server/readiness';

const LOG = 'abcdef012345';
const at = (place: number) => `${LOG}-${place.toString(16).padStart(16, '0')}`;

/** What `/readyz` says of a publisher that says this. */
async function readiness(publisher: object, joining = false) {
  const server = fastify();
  const projections = { status: () => ({ position: at(20), caughtUp: true, stopped: null }) };
  const status = { tip: null, position: at(20), stopped: null, retrying: null, retryingForMs: null, ...publisher };
  const node = { projections, publisher: { status: () => status }, joining: () => joining };
  const log = { logId: LOG, head: () => Promise.resolve(at(20)) };
  registerHealth(server, followersOfLog(node as unknown as SlipwayNode, log));
  const { statusCode, body } = await server.inject('/readyz');
  return { statusCode, body: JSON.parse(body) as unknown };
}

it('is ready while a passing failure is tried again, and not when it goes on', async () => {
  const held = { retrying: 'The lock is held.', position: at(17) };
  expect(await readiness({ ...held, retryingForMs: 5_000 })).toMatchObject({
    statusCode: 200,
    body: { status: 'ready', publisher: { lag: 3 } },
  });
  expect(await readiness({ ...held, retryingForMs: 5_001 })).toMatchObject({
    statusCode: 503,
    body: { status: 'not ready', publisher: { retrying: held.retrying, lag: 3 } },
  });
});

it.each([
  [at(20), 0],
  [at(4), 16],
  [null, 20],
])('says how many events Git is behind: published up to %s, %d', async (position, lag) => {
  expect(await readiness({ position })).toMatchObject({ body: { publisher: { lag } } });
});

it('is not ready while it fetches what other nodes have', async () => {
  expect(await readiness({ position: null }, true)).toMatchObject({
    statusCode: 503,
    body: { status: 'not ready', publisher: { joining: true, retrying: null } },
  });
});

it('is not ready once publishing has stopped', async () => {
  expect(await readiness({ stopped: 'main moved' })).toMatchObject({ statusCode: 503 });
});

it.each([
  [null, 200],
  ['The event log could not be written.', 503],
])('is ready while the event log takes events: stopped %j', async (stopped, expected) => {
  const server = fastify();
  registerHealth(server, [eventLogPart({ status: () => ({ failing: null, failingForMs: null, stopped }) })]);
  const { statusCode, body } = await server.inject('/readyz');
  expect(statusCode).toBe(expected);
  expect(JSON.parse(body)).toMatchObject({ eventLog: { stopped } });
});

it.each([
  [null, 200],
  [5_000, 200],
  [5_001, 503],
])(
  'is ready while nothing can be appended for as long as a restart takes: failing for %j ms',
  async (failingForMs, expected) => {
    const server = fastify();
    const failing = failingForMs === null ? null : 'The server did not answer.';
    registerHealth(server, [eventLogPart({ status: () => ({ failing, failingForMs, stopped: null }) })]);
    const { statusCode, body } = await server.inject('/readyz');
    expect(statusCode).toBe(expected);
    expect(JSON.parse(body)).toMatchObject({ eventLog: { failing, failingForMs, stopped: null } });
  },
);

describe('The verification in the background', () => {
  const ready = async (result: Partial<CheckResult>): Promise<boolean> => {
    const check: CheckResult = {
      check: 'objects',
      passed: false,
      compared: 2,
      difference: null,
      unchecked: null,
      ...result,
    };
    const last = {
      passed: false,
      checks: [check],
      events: 1,
      position: null,
      unpublished: 0,
      startedAt: '',
      durationMs: 1,
    };
    const part = verificationPart({ last: () => last, running: () => false, failure: () => null });
    return (await part.check()).ready;
  };

  it('leaves a node in service that only has no git program to look at all objects with', async () => {
    const unchecked = `${GIT_MISSING} (spawn git ENOENT)`;
    expect(await ready({ unchecked })).toBe(true);
    expect(
      await ready({ unchecked, difference: { what: 'A tag moved.', event: null, expected: null, found: null } }),
    ).toBe(false);
    expect(await ready({ unchecked: 'git fsck ended with 128' })).toBe(false);
  });
});

it('is not ready while the refs cannot be looked at: drift would not be seen', async () => {
  const after = async (forMs: number | null) => {
    const server = fastify();
    const message = 'Git ref refs/heads/main exists but cannot be read.';
    const driftWatch = { current: () => [], failing: () => (forMs === null ? null : { message, forMs }) };
    registerHealth(server, [driftPart({ driftWatch } as unknown as SlipwayNode)]);
    const { statusCode, body } = await server.inject('/readyz');
    return [statusCode, (JSON.parse(body) as { drift: unknown }).drift];
  };
  expect(await after(null)).toEqual([200, { refs: [], failing: null, failingForMs: null }]);
  expect(await after(5_000)).toMatchObject([200, { failingForMs: 5_000 }]);
  expect(await after(5_001)).toMatchObject([503, { refs: [], failingForMs: 5_001 }]);
});
