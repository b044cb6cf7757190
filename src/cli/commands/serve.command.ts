import { type Command } from 'commander';
import { readConfig, type ServerConfig } from '../../server/config';
import { readEventStoreConfig } from '../../server/event-store-config';
import { adminTokenFile } from '../../server/identity/admin-token';
import { createLog } from '../../server/log';
import { readNodeAddress } from '../../server/node-address';
import { readRemoteConfig } from '../../server/remote-config';
import { type RunningServer, startServer } from '../../server/start-server';
import {
  dataDirectoryOf,
  type EventStoreOptions,
  type GlobalOptions,
  withEventStoreOption,
  withGlobalOptions,
} from '../global-options';
import { readLayoutFile } from '../read-layout-file';
import { aborted, stopSignal } from '../stop-signal';

interface ServeOptions extends GlobalOptions, EventStoreOptions {
  readonly port?: string;
  readonly host?: string;
  readonly empty?: boolean;
  readonly verifyEvery?: string;
  readonly layout?: string;
  readonly remote?: string;
  readonly nodeAddress?: string;
  readonly singleNode?: boolean;
}

const FIRST_QUERY = '{"query":"{ activeReleases { pointer } }"}';

/** `slipway serve`: answers the API until it is told to stop. */
export function serveCommand(program: Command): void {
  withEventStoreOption(withGlobalOptions(program.command('serve')))
    .description('serve the API; the first start on a new data directory adopts the bundled example')
    .option('--port <number>', 'port, 0 for any free one (default: $SLIPWAY_PORT, else 4000)')
    .option('--host <address>', 'address to listen on (default: $SLIPWAY_HOST, else 127.0.0.1)')
    .option(
      '--verify-every <minutes>',
      'minutes between background verifications, 0 for none (default: $SLIPWAY_VERIFY_EVERY, else 60)',
    )
    .option('--empty', 'begin an empty repository instead of the bundled example')
    .option('--layout <file>', 'layout for a repository that does not say its own')
    .option('--remote <address>', 'repository to push to: path, https or ssh (default: $SLIPWAY_REMOTE, else none)')
    .option(
      '--node-address <origin>',
      'where the other nodes of an event store find this one (default: $SLIPWAY_NODE_ADDRESS, else where it listens)',
    )
    .option(
      '--single-node',
      'no other node has this event store, so that it needs no remote (or SLIPWAY_SINGLE_NODE=1)',
    )
    .action(async (options: ServeOptions) => {
      const stop = stopSignal();
      const config = readConfig({ ...options, dataDir: dataDirectoryOf(options) }, process.env);
      const remote = readRemoteConfig(options, process.env);
      const eventStore = readEventStoreConfig(options, process.env);
      const nodeAddress = readNodeAddress(options, process.env, { eventStore, remote });
      const layout = await readLayoutFile(options.layout);
      const log = createLog(process.env.SLIPWAY_LOG_LEVEL ?? 'info');
      const server = await startServer({
        ...config,
        empty: options.empty === true,
        layout,
        log,
        remote,
        eventStore,
        nodeAddress,
      });
      // It answers already; what it joins the others with may take as long as a clone.
      await Promise.race([server.node.joined, aborted(stop)]);
      if (!stop.aborted) announce(server, { ...config, empty: options.empty === true, json: options.json === true });
      await aborted(stop);
      await server.close();
    });
}

function announce(
  { url, newAdminToken, adopted }: RunningServer,
  { dataDirectory, development, empty, json }: ServerConfig & { readonly empty: boolean; readonly json: boolean },
): void {
  const ready = `Slipway is ready at ${url}`;
  if (json) {
    process.stdout.write(`${ready}\n${JSON.stringify({ url, adminToken: newAdminToken })}\n`);
    return;
  }
  const tokenFile = adminTokenFile(dataDirectory);
  const began = empty ? 'Began an empty repository.' : 'Adopted the bundled example from examples/config.';
  const lines = [
    ...(adopted ? [began] : []),
    ready,
    ...(newAdminToken === null
      ? [`Sign in with the token in ${tokenFile}`]
      : [`Sign in with the token ${newAdminToken} (shown once; kept in ${tokenFile})`]),
    'Try:',
    `  curl -s ${url} -H "Authorization: Bearer $(cat '${tokenFile}')" -H 'Content-Type: application/json' -d '${FIRST_QUERY}'`,
    ...(development ? [`Or open ${url} in a browser.`] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
