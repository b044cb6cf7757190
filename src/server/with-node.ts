import { type Application } from '../application';
import { type TokenStore } from './identity/token-store';
import { type SlipwayNode, startNode } from './compose';
import { type Foundation, openFoundation } from './open-foundation';
import { type EventStoreConfig } from './event-store-config';
import { type Log } from './log';

/** What a command has of a data directory that no server holds. */
export interface OpenNode {
  readonly application: Application;
  readonly tokens: TokenStore;
}

/**
 * Takes a data directory for a while and does something with it as a server would, without answering anybody. Git is brought up to the
 * log as far as it can be.
 *
 * @throws DataDirectoryInUse when a server has it; StoreUnavailable; what `use` throws.
 */
export async function withNode<T>(
  dataDirectory: string,
  { log, eventStore = null }: { readonly log: Log; readonly eventStore?: EventStoreConfig | null },
  use: (node: OpenNode) => Promise<T>,
): Promise<T> {
  const foundation: Foundation = await openFoundation(dataDirectory, { eventStore });
  let node: SlipwayNode | null = null;
  try {
    node = await startNode(foundation, { log, step: () => Promise.resolve() });
    return await use({ application: node.application, tokens: foundation.tokens });
  } finally {
    await node?.stop();
    await foundation.close();
  }
}
