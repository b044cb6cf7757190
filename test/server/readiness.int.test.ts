import { fastify } from 'fastify';
import { type SlipwayNode } from '../../src/server/compose';
import { registerHealth } from '../../src/server/http/health';
import { followersOfLog } from '../../src/server/readiness';

const LOG = 'abcdef012345';
const at = (place: number) => `${LOG}-${place.toString(16).padStart(16, '0')}`;

/** What `/readyz` says of a publisher that says this. */
async function readiness(publisher: object) {
  const server = fastify();
  const projections = { status: () => ({ position: at(20), caughtUp: true, stopped: null }) };
  const status = { tip: null, position: at(20), stopped: null, retrying: null, retryingForMs: null, ...publisher };
  const node = { projections, publisher: { status: () => status } };
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

it('is not ready once publishing has stopped', async () => {
  expect(await readiness({ stopped: 'main moved' })).toMatchObject({ statusCode: 503 });
});
