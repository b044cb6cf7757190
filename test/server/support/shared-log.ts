import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConnectionString } from '../../../src/eventstore/kurrentdb/connection-settings';
import { NO_ACCESS, parseRemoteAddress } from '../../../src/git';
import { type EventStoreConfig } from '../../../src/server/event-store-config';
import { type StartOptions } from '../../../src/server/start-server';
import { bareRepository } from '../../git/remote/pushed-story';
import { type RealServer, startRealServer } from '../../eventstore/kurrentdb/support/real-server';
import { type RunningSlipway, startSlipway } from './running-slipway';

/** A KurrentDB and a Git repository that nodes share. */
export interface SharedLog {
  readonly server: RealServer;
  readonly eventStore: EventStoreConfig;
  /** Directory of the bare repository. */
  readonly bare: string;
  /** Starts a node with a name; its address says which it is. */
  node(name: string, options?: Partial<StartOptions>): Promise<RunningSlipway>;
  dispose(): Promise<void>;
}

/** Starts what nodes share. Every log has a prefix of its own. */
export async function startSharedLog({ onDisk = false }: { readonly onDisk?: boolean } = {}): Promise<SharedLog> {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-shared-'));
  const bare = bareRepository(join(directory, 'config.git'));
  const server = await startRealServer({ onDisk });
  const prefix = `n${randomBytes(6).toString('hex')}-`;
  const eventStore = { connection: parseConnectionString(server.connectionString), prefix };
  return {
    server,
    eventStore,
    bare,
    node: (name, options = {}) =>
      startSlipway({ eventStore, remote: remoteAt(bare), nodeAddress: addressOf(name), ...options }),
    dispose: async () => {
      await server.dispose();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Where people find a node. */
export function addressOf(name: string): string {
  return `https://${name}.example.com`;
}

/** A remote at a path or address, looked at often. */
export function remoteAt(address: string): NonNullable<StartOptions['remote']> {
  return { address: parseRemoteAddress(address), access: NO_ACCESS, observeEveryMs: 300 };
}
