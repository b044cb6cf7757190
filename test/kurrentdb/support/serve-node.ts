import { parseConnectionString } from '../../../src/eventstore/kurrentdb/connection-settings';
import { NO_ACCESS, parseRemoteAddress } from '../../../src/git';
import { createLog } from '../../../src/server/log';
import { startServer } from '../../../src/server/start-server';

/** How a node of a shared log is started, as JSON in the first argument. */
export interface NodeArguments {
  readonly dataDirectory: string;
  readonly port: number;
  readonly connection: string;
  readonly prefix: string;
  readonly remote: string;
}

/** Serves as a node of a shared log until it is killed, or standard input ends. Prints `ready` or `refused WHY`. */
async function serve({ dataDirectory, port, connection, prefix, remote }: NodeArguments): Promise<void> {
  const server = await startServer({
    dataDirectory,
    port,
    host: '127.0.0.1',
    development: false,
    empty: false,
    layout: undefined,
    log: createLog(process.env.SLIPWAY_LOG_LEVEL ?? 'silent'),
    validation: { execArgv: ['--allow-addons', ...process.execArgv], processes: 1, timeoutMs: 20_000 },
    eventStore: { connection: parseConnectionString(connection), prefix },
    remote: { address: parseRemoteAddress(remote), access: NO_ACCESS, observeEveryMs: 1_000 },
  });
  await server.node.joined;
  process.stdout.write('ready\n');
  process.stdin.resume().on('end', () => void server.close());
}

if (process.argv[2] !== undefined) {
  serve(JSON.parse(process.argv[2]) as NodeArguments).catch((error: unknown) => {
    process.stdout.write(`refused ${error instanceof Error ? error.message : String(error)}\n`, () => process.exit(1));
  });
}
