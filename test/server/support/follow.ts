import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** A subscription of a client; what it was sent waits until it is taken. */
export interface Following<T> {
  /** The next `count` items, in order. Fails when they do not come. */
  take(count: number): Promise<T[]>;
  /** What came and was not taken yet. */
  readonly pending: readonly T[];
  /** Resolves with what ended it: errors of the operation, or how the socket was closed. */
  readonly ended: Promise<unknown>;
  /** Ends it from the client's side. */
  stop(): Promise<void>;
}

/** Longest wait for an item; nothing that works takes a tenth of it. */
const PATIENCE_MS = 10_000;

/** Opens a socket of its own and subscribes; resolves when the server knows of it. */
export async function follow<T>(
  url: string,
  {
    connectionParams,
    query,
    variables,
  }: { connectionParams?: Record<string, unknown>; query: string; variables?: object },
): Promise<Following<T>> {
  const client = openClient(url, connectionParams);
  const items: T[] = [];
  let wake: () => void = () => undefined;
  let ending: unknown = null;
  const ended = new Promise<unknown>((resolve) => {
    const end = (reason: unknown): void => {
      ending = reason ?? 'complete';
      resolve(ending);
      wake();
    };
    client.subscribe<Record<string, T>>(
      { query, variables: { ...variables } },
      {
        next: ({ data, errors }) => {
          if (errors !== undefined) end(errors);
          const [item] = Object.values(data ?? {});
          if (item !== undefined) items.push(item);
          wake();
        },
        error: end,
        complete: () => end(null),
      },
    );
  });
  await client.acknowledged;

  return {
    pending: items,
    ended,
    take: async (count) => {
      const deadline = Date.now() + PATIENCE_MS;
      while (items.length < count) {
        const left = deadline - Date.now();
        if (ending !== null || left <= 0)
          throw new Error(`${items.length} of ${count} came; ${JSON.stringify(ending ?? 'then nothing')}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return items.splice(0, count);
    },
    stop: async () => {
      await client.dispose();
    },
  };
}

/** The server looks at messages of a socket in order: what it answers to a ping comes after it took the subscription. */
function openClient(
  url: string,
  connectionParams: Record<string, unknown> | undefined,
): Client & { acknowledged: Promise<void> } {
  let settle: () => void = () => undefined;
  const acknowledged = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    ...(connectionParams === undefined ? {} : { connectionParams }),
    retryAttempts: 0,
    onNonLazyError: () => undefined,
    on: {
      connected: (socket) => setImmediate(() => (socket as WebSocket).ping()),
      opened: (socket) => void (socket as WebSocket).once('pong', () => settle()),
      closed: () => settle(),
      error: () => settle(),
    },
  });
  return Object.assign(client, { acknowledged });
}
