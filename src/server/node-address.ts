import { BadConfiguration } from './config';

/** Addresses that mean every network of a machine, and no place where others find it. */
const EVERYWHERE = new Set(['0.0.0.0', '::', '']);

/**
 * Where other nodes send people whose draft lives on this one: what is given, else where the server listens. It says nothing of whose
 * a draft is.
 * @throws BadConfiguration where it cannot be told from where the server listens, or is no address.
 */
export function nodeAddressOf(
  given: string | null,
  { host, port }: { readonly host: string; readonly port: number },
): string {
  if (given !== null) return originOf(given);
  if (port !== 0 && !EVERYWHERE.has(host))
    return originOf(`http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`);
  throw new BadConfiguration(
    `Where this node is reached cannot be told from ${host}, port ${String(port)}. Give --node-address or SLIPWAY_NODE_ADDRESS, as https://node1.example.com.`,
  );
}

/**
 * The node address from the command line first, then the environment; null where none is given. Refuses an event store without a remote:
 * nodes have the content of drafts of each other through it. Refuses what is said of the nodes of an event store where none is named.
 * @throws BadConfiguration
 */
export function readNodeAddress(
  flags: { readonly nodeAddress?: string | undefined; readonly singleNode?: boolean | undefined },
  environment: NodeJS.ProcessEnv,
  { eventStore, remote }: { readonly eventStore: object | null; readonly remote: object | null },
): string | null {
  const isSingle = flags.singleNode === true || environment.SLIPWAY_SINGLE_NODE === '1';
  const given = flags.nodeAddress ?? environment.SLIPWAY_NODE_ADDRESS ?? '';
  if (eventStore === null && (isSingle || given !== '')) {
    throw new BadConfiguration(
      `${isSingle ? '--single-node or SLIPWAY_SINGLE_NODE' : '--node-address or SLIPWAY_NODE_ADDRESS'} is of a node on a KurrentDB, and none is named: ` +
        'give --event-store or SLIPWAY_EVENT_STORE. To keep the log in the data directory leave it out.',
    );
  }
  if (eventStore !== null && remote === null && !isSingle) {
    throw new BadConfiguration(
      'The nodes of an event store share the content of drafts through a Git repository: name it with --remote or SLIPWAY_REMOTE. ' +
        'Where this is the only node say so with --single-node or SLIPWAY_SINGLE_NODE=1.',
    );
  }
  return given === '' ? null : originOf(given);
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (isOrigin && url.pathname === '/' && url.search === '' && url.hash === '') return url.origin;
  throw new BadConfiguration(
    'The node address (--node-address, SLIPWAY_NODE_ADDRESS) must be http:// or https:// with host and port and nothing else, as https://node1.example.com.',
  );
}
