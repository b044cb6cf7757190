import { createInterface } from 'node:readline';
import { createLog } from '../../../src/server/log';
import { startServer } from '../../../src/server/start-server';

/** Ends this process as a power cut would, the next time it reaches the armed step. */
let armed: string | null = null;

/**
 * Serves the data directory of the first argument and prints `ready URL`. A line `arm STEP` on standard input is
 * confirmed by `armed`: from then on the process dies at that step. Ends when standard input does. A server that does not
 * start prints `refused WHY`.
 */
async function serve(dataDirectory: string, logLevel: string): Promise<void> {
  const server = await startServer({
    dataDirectory,
    port: 0,
    host: '127.0.0.1',
    development: false,
    empty: false,
    layout: undefined,
    log: createLog(logLevel),
    validation: { execArgv: ['--allow-addons', ...process.execArgv], processes: 1, timeoutMs: 20_000 },
    step: (name) => {
      if (name !== armed) return Promise.resolve();
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => undefined); // the signal may take a moment; nothing may go on meanwhile
    },
  });
  process.stdout.write(`ready ${server.url}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    armed = line.slice('arm '.length);
    process.stdout.write('armed\n');
  }
  await server.close();
}

const [, , dataDirectory, logLevel = 'error'] = process.argv;
if (dataDirectory === undefined) throw new TypeError('The data directory is missing.');
serve(dataDirectory, logLevel).catch((error: unknown) => {
  process.stdout.write(`refused ${error instanceof Error ? error.message : String(error)}\n`, () => process.exit(1));
});
