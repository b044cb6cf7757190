import { type FastifyInstance } from 'fastify';
import { Gauge, Registry } from 'prom-client';
import { type EventStore, placeNumber } from '../../eventstore';
import { type BackgroundVerifier } from '../background-verifier';
import { type SlipwayNode } from '../compose';
import { publisherLag } from '../readiness';

/** `/metrics` in the text format of Prometheus: numbers only, nothing of the content. */
export function registerMetrics(
  server: FastifyInstance,
  parts: {
    readonly node: Pick<SlipwayNode, 'publisher'>;
    readonly store: Pick<EventStore, 'head' | 'logId' | 'status'>;
    readonly verifier: Pick<BackgroundVerifier, 'last'>;
  },
): void {
  const { node, store, verifier } = parts;
  const registry = new Registry();
  const gauge = (name: string, help: string, read: () => Promise<number | null> | number | null): void => {
    const metric: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect: async () => {
        const value = await read();
        // A value that is not known yet is left out.
        if (value === null) metric.reset();
        else metric.set(value);
      },
    });
  };
  gauge('slipway_events', 'Events in the log.', async () => placeNumber(store, await store.head()));
  gauge('slipway_event_store_failing', '1 while the event store is out of reach, else 0.', () =>
    Number(store.status().failing !== null),
  );
  gauge('slipway_publisher_lag_events', 'Events of the log that are not in Git yet.', () =>
    publisherLag(node.publisher, store),
  );
  gauge(
    'slipway_verification_ok',
    '1 when the last verification passed, 0 when it failed, -1 before the first.',
    () => {
      const last = verifier.last();
      return last === null ? -1 : Number(last.passed);
    },
  );
  gauge(
    'slipway_verification_seconds',
    'How long the last verification took.',
    () => (verifier.last()?.durationMs ?? 0) / 1000,
  );
  gauge('slipway_verification_position', 'Number of the last event that was verified.', () =>
    placeNumber(store, verifier.last()?.position ?? null),
  );
  gauge(
    'slipway_verification_timestamp_seconds',
    'When the last verification began, in seconds since the epoch.',
    () => Date.parse(verifier.last()?.startedAt ?? '1970-01-01T00:00:00Z') / 1000,
  );

  server.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
