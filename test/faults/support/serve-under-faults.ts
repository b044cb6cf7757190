import { createInterface } from 'node:readline';
import { createLog } from '../../../src/server/log';
import { startServer } from '../../../src/server/start-server';
import { countPorts } from './counted-ports';
import { type BootOrder, type Order } from './orders';

/** Ends this process as a power cut would; nothing may go on until the signal has arrived. */
async function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

/**
 * Serves the data directory of the first argument and prints `ready URL`, or `refused WHY`. The second argument is an order
 * for the start, each line on standard input one for later; each is confirmed by a line of JSON. Ends in order with standard
 * input, and on SIGTERM.
 */
async function serve(dataDirectory: string, boot: BootOrder): Promise<void> {
  const ports = countPorts();
  let step: string | null = null;
  let failing: string | null = null;
  let clockOffsetMs = boot.clockOffsetMs ?? 0;
  if (boot.dieAtCall !== undefined) ports.at(boot.dieAtCall, boot.moment ?? 'before', die);

  const server = await startServer({
    dataDirectory,
    port: 0,
    host: '127.0.0.1',
    development: false,
    empty: false,
    layout: undefined,
    log: createLog(boot.quiet === true ? 'silent' : 'error'),
    validation: { execArgv: ['--allow-addons', ...process.execArgv], processes: 1, timeoutMs: 20_000 },
    around: (foundation) => ({
      ...ports.around(foundation),
      clock: { now: () => new Date(Date.now() + clockOffsetMs).toISOString() },
    }),
    step: async (name) => {
      if (name === step) await die();
      if (name === failing) {
        failing = null;
        throw new Error(`A fault of the tests at "${name}".`);
      }
    },
  });

  const obey = (order: Order): unknown => {
    switch (order.order) {
      case 'count':
        return ports.calls();
      case 'die at call':
        ports.at(ports.calls() + order.call, order.moment, die);
        return null;
      case 'die at step':
        step = order.step;
        return null;
      case 'fail at step':
        failing = order.step;
        return null;
      case 'throw in a timer':
        setTimeout(() => {
          throw new Error('A fault of the tests in a timer.');
        }, 1);
        return null;
      case 'clock':
        clockOffsetMs = order.offsetMs;
        return null;
    }
  };
  const stopping = new AbortController();
  process.once('SIGTERM', () => stopping.abort());
  const orders = createInterface({ input: process.stdin, signal: stopping.signal });
  process.stdout.write(`ready ${server.url}\n`);
  for await (const line of orders) {
    process.stdout.write(`${JSON.stringify(obey(JSON.parse(line) as Order) ?? null)}\n`); // our own other half writes them
  }
  await server.close();
}

const [, , dataDirectory, boot = '{}'] = process.argv;
if (dataDirectory === undefined) throw new TypeError('The data directory is missing.');
serve(dataDirectory, JSON.parse(boot) as BootOrder).catch((error: unknown) => {
  process.stdout.write(`refused ${error instanceof Error ? error.message : String(error)}\n`, () => process.exit(1));
});
