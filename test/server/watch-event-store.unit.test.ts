import { setTimeout as pause } from 'node:timers/promises';
import { fastify } from 'fastify';
import { parseConnectionString } from '../../src/eventstore/kurrentdb/connection-settings';
import { registerMetrics } from '../../src/server/http/metrics';
import { type Log } from '../../src/server/log';
import { describeEventStore, watchEventStore } from '../../src/server/watch-event-store';

const status = (failing: string | null) => ({ failing, failingForMs: failing === null ? null : 0, stopped: null });

it('logs once when the event store goes out of reach, and once when it is back', async () => {
  const someLooks = () => pause(60);
  let failing: string | null = null;
  const lines: unknown[] = [];
  const at = (level: string) => (facts: unknown, message: string) => lines.push([level, facts, message]);
  const log = { info: at('info'), warn: at('warn') } as unknown as Log;
  const end = watchEventStore({ status: () => status(failing) }, log, 5);
  await someLooks();
  expect(lines).toEqual([]);

  failing = 'connect ECONNREFUSED 127.0.0.1:2113';
  await someLooks();
  failing = 'another reason';
  await someLooks();
  const gone = ['warn', { reason: 'connect ECONNREFUSED 127.0.0.1:2113' }, 'the event store is out of reach'];
  expect(lines).toEqual([gone]);

  failing = null;
  await someLooks();
  expect(lines).toEqual([gone, ['info', { awayForMs: expect.any(Number) }, 'the event store is in reach again']]);

  end();
  failing = 'gone again';
  await someLooks();
  expect(lines).toHaveLength(2);
});

it.each([
  ['esdb://ops:hunter2@a.example:2113,b.example:2114', 'esdb://a.example:2113,b.example:2114'],
  ['esdb+discover://ops:hunter2@cluster.example', 'esdb+discover://cluster.example:2113'],
])('names the server of the log without user and password', (text, eventStore) => {
  const described = describeEventStore({ connection: parseConnectionString(text), prefix: 'slipway-' });
  expect(described).toEqual({ eventStore, prefix: 'slipway-' });
});

it.each([
  [null, 0],
  ['connect ECONNREFUSED', 1],
])('tells in `/metrics` whether the event store is out of reach: %j', async (failing, expected) => {
  const server = fastify();
  registerMetrics(server, {
    node: { publisher: { status: () => ({ position: null }) } } as never, // nothing else of it is asked for
    store: { logId: 'abcdef012345', head: () => Promise.resolve(null), status: () => status(failing) },
    verifier: { last: () => null },
  });
  const { body } = await server.inject('/metrics');
  expect(body).toMatch(/^# HELP slipway_event_store_failing \S/m);
  expect(body).toMatch(new RegExp(`^slipway_event_store_failing ${String(expected)}$`, 'm'));
});
