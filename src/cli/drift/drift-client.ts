import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type DriftAnswer, type Remedy } from '../../application';
import { Forbidden, permissionsOf, type Permission, Unauthenticated } from '../../domain';
import { type EventStoreConfig } from '../../server/event-store-config';
import { endpointFile } from '../../server/endpoint-file';
import { identify } from '../../server/http/identify';
import { adminTokenFile } from '../../server/identity/admin-token';
import { type TokenRecord } from '../../server/identity/token-store';
import { createLog } from '../../server/log';
import { type OpenNode, withNode } from '../../server/with-node';
import { Refused } from '../outcome';
import { createGraphqlClient } from '../tour/graphql-client';

/** A drift as the command shows it, the same from a server and without one. */
export type ShownDrift = Omit<DriftAnswer, 'place'> & { readonly place: 'LOCAL' | 'REMOTE' };

/** A drift that is resolved. */
export interface ShownResolution {
  readonly place: 'LOCAL' | 'REMOTE';
  readonly ref: string;
  readonly expected: string;
  readonly found: string | null;
  readonly kept: string | null;
  readonly branch: string | null;
}

export interface ResolveRequest {
  readonly remedy: Remedy;
  readonly ref: string | null;
  readonly place: 'LOCAL' | 'REMOTE' | null;
  readonly reason: string | null;
}

/** Looks at drift and resolves it: through the server that has the data directory, else in its place. */
export interface DriftClient {
  show(): Promise<readonly ShownDrift[]>;
  resolve(request: ResolveRequest): Promise<readonly ShownResolution[]>;
}

/** @throws Refused where it is not known who asks. */
export async function driftClient(
  dataDirectory: string,
  given: { readonly url?: string; readonly token?: string; readonly eventStore: EventStoreConfig | null },
): Promise<DriftClient> {
  const token = given.token ?? process.env.SLIPWAY_TOKEN ?? lineOf(adminTokenFile(dataDirectory));
  if (token === null)
    throw new Refused('Say who you are: give --token or SLIPWAY_TOKEN. There is no admin-token file.');
  const url = given.url ?? (await answering(lineOf(endpointFile(dataDirectory))));
  return url === null ? withoutServer(dataDirectory, token, given.eventStore) : ofServer(url, token);
}

const DRIFT =
  'place ref kind expected found since stopsPublishing commits { id author email at subject changedPaths } moreCommits ' +
  'files { path change unified } moreFiles remedies advice';

function ofServer(url: string, token: string): DriftClient {
  const client = createGraphqlClient({ url, token });
  return {
    show: async () => (await client.send<{ drift: readonly ShownDrift[] }>(`{ drift { ${DRIFT} } }`)).drift,
    resolve: async (input) => {
      const mutation = `mutation ($input: ResolveDriftInput!) {
        resolveDrift(input: $input) { resolved { place ref expected found kept branch } } }`;
      type Payload = { resolveDrift: { resolved: readonly ShownResolution[] } };
      return (await client.send<Payload>(mutation, { input })).resolveDrift.resolved;
    },
  };
}

/** The same checks and the same use cases as behind the server's API. */
function withoutServer(dataDirectory: string, token: string, eventStore: EventStoreConfig | null): DriftClient {
  const log = createLog('silent');
  const allowed = ({ tokens }: OpenNode, permission: Permission): TokenRecord => {
    const record = identify(`Bearer ${token}`, tokens);
    if (record === null) throw new Unauthenticated();
    if (!permissionsOf([record.role]).includes(permission)) throw new Forbidden(record.actor.id, permission);
    return record;
  };
  const looked = async ({ application }: OpenNode): Promise<readonly ShownDrift[]> => {
    await application.drifts(); // the branch of a draft counts when it is seen twice
    return (await application.drifts()).map((drift) => ({ ...drift, place: SHOWN_PLACE[drift.place] }));
  };
  return {
    show: () =>
      withNode(dataDirectory, { log, eventStore }, (node) => {
        allowed(node, 'audit:read');
        return looked(node);
      }),
    resolve: (request) =>
      withNode(dataDirectory, { log, eventStore }, async (node) => {
        const { actor } = allowed(node, 'drift:resolve');
        await looked(node);
        const place = request.place === null ? null : PLACE[request.place];
        const context = { actor, correlationId: randomUUID() };
        const resolved = await node.application.resolveDrift({ ...request, place }, context);
        return resolved.map(({ drift, kept, branch }) => {
          const { ref, expected, found } = drift;
          return { place: SHOWN_PLACE[drift.place], ref, expected, found, kept, branch };
        });
      }),
  };
}

const PLACE = { LOCAL: 'local', REMOTE: 'remote' } as const;
const SHOWN_PLACE = { local: 'LOCAL', remote: 'REMOTE' } as const;

/** The address where a server answers; null for none, as after a server that was killed. */
async function answering(url: string | null): Promise<string | null> {
  if (url === null) return null;
  try {
    await fetch(new URL('/healthz', url));
    return url;
  } catch {
    return null; // nobody listens: the lock of the data directory has the last word
  }
}

function lineOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
