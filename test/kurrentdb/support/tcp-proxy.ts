import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A proxy between a client and a server on loopback that does to their connections what networks do. */
export interface TcpProxy {
  readonly port: number;
  /** Connections that are open through it. */
  connections(): number;
  /** Ends all connections as they stand; new ones are taken. */
  cut(): void;
  /** Holds all bytes back, both ways, until it is thawed. New connections are taken, and hear nothing. */
  freeze(): void;
  thaw(): void;
  /** Delivers everything later, both ways. */
  delay(ms: number): void;
  /** What clients send arrives; what the server answers from now on is dropped, until the next cut. */
  dropAnswers(): void;
  close(): Promise<void>;
}

/** Starts a proxy in front of a port of loopback. */
export async function startTcpProxy(toPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let delayMs = 0;
  let dropping = false;
  let frozen: (() => void)[] | null = null;

  /** Delivers now, later, or when there is a thaw; bytes of one direction stay in order. */
  const deliver = (act: () => void): void => {
    if (frozen !== null) frozen.push(act);
    else if (delayMs > 0) setTimeout(() => deliverNow(act), delayMs);
    else act();
  };
  const deliverNow = (act: () => void): void => {
    if (frozen === null) act();
    else frozen.push(act);
  };
  const pipe = (from: Socket, to: Socket, isAnswer: boolean): void => {
    from.on('data', (bytes) => {
      if (isAnswer && dropping) return;
      deliver(() => {
        if (to.writable) to.write(bytes);
      });
    });
    from.on('end', () => deliver(() => to.end()));
    from.on('close', () => {
      sockets.delete(from);
      if (frozen === null) to.destroy();
    });
    from.on('error', () => undefined);
  };

  const server = createServer((client) => {
    const behind = connect(toPort, '127.0.0.1');
    for (const socket of [client, behind]) sockets.add(socket.setNoDelay(true));
    pipe(client, behind, false);
    pipe(behind, client, true);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };

  const cut = (): void => {
    dropping = false;
    for (const socket of sockets) socket.destroy();
  };
  const thaw = (): void => {
    const held = frozen ?? [];
    frozen = null;
    for (const act of held) act();
  };
  return {
    port,
    connections: () => sockets.size / 2,
    cut,
    freeze: () => {
      frozen ??= [];
    },
    thaw,
    delay: (ms) => {
      delayMs = ms;
    },
    dropAnswers: () => {
      dropping = true;
    },
    close: async () => {
      thaw();
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
