import { type AddressInfo } from 'node:net';
import { type StepHook } from '../application';
import { buildSlipwaySchema } from '../graphql';
import { type ValidationEngineOptions } from '../validation';
import { startBackgroundVerifier } from './background-verifier';
import { BUNDLED_EXAMPLE, type ServerConfig } from './config';
import { adoptFiles, writeFiles } from './adopt-source';
import { type SlipwayNode, startNode } from './compose';
import { type Foundation, openFoundation } from './open-foundation';
import { type EventStoreConfig } from './event-store-config';
import { announceEndpoint } from './endpoint-file';
import { createContextFactory } from './graphql-context';
import { createHttpServer } from './http/create-http-server';
import { registerGraphqlEndpoint } from './http/graphql-endpoint';
import { registerHealth } from './http/health';
import { identify } from './http/identify';
import { registerMetrics } from './http/metrics';
import { registerPlainReads } from './http/plain-reads';
import { registerQueryPage } from './http/query-page';
import { ensureAdminToken } from './identity/admin-token';
import { listen } from './listen';
import { type Log } from './log';
import { driftPart, eventLogPart, followersOfLog, remotePart, verificationPart } from './readiness';
import { type RemoteConfig } from './remote-config';
import { requireOwnContent } from './require-own-content';
import { nodeAddressOf } from './node-address';
import { ensureNodeId } from './node-id';
import { shareThrough } from './share-content';
import { describeEventStore, watchEventStore } from './watch-event-store';
import { attachSubscriptions } from './ws/subscription-endpoint';

/** How long a stopping server lets commands wait for the remote that nodes share, in milliseconds; then they are `UNAVAILABLE`. */
const ANSWERING_MS = 5_000;

export interface StartOptions extends Omit<ServerConfig, 'verifyEvery'> {
  /** Minutes between two verifications in the background; none when left out or 0. */
  readonly verifyEvery?: number;
  /** Arguments of Node for the process that verifies. */
  readonly verifierArgv?: readonly string[];
  /** Begin an empty repository instead of the bundled example, where nothing is adopted yet. */
  readonly empty: boolean;
  /** A layout for a repository that does not say its own; undefined detects it. */
  readonly layout: unknown;
  readonly log: Log;
  /** Where the log is kept; in the data directory itself when left out or null. */
  readonly eventStore?: EventStoreConfig | null;
  /** Where to push what is published; nowhere when left out or null. */
  readonly remote?: RemoteConfig | null;
  /** Where other nodes of the same log find this one; where it listens when left out or null. */
  readonly nodeAddress?: string | null;
  /** Told of every step of a command; tests stop the process there. */
  readonly step?: StepHook;
  /** Pause between two looks at the refs for drift, in milliseconds; its own default when left out. */
  readonly lookEveryMs?: number;
  /** Puts something around what stands on the data directory; tests count, fail and stop its calls there. */
  readonly around?: (foundation: Foundation) => Foundation;
  /** How the validator's child processes run; its own defaults when left out. */
  readonly validation?: ValidationEngineOptions;
}

export interface RunningServer {
  /** Where GraphQL is answered. */
  readonly url: string;
  /** The admin token where this start made it; shown once. */
  readonly newAdminToken: string | null;
  /** Whether this start began a repository; false where there was one. */
  readonly adopted: boolean;
  readonly node: SlipwayNode;
  /** Stops accepting, finishes what is under way, ends subscriptions, closes the data directory. */
  close(): Promise<void>;
}

/**
 * Serves a data directory; adopts the bundled example on one without a log. A node that joins others answers before it has joined.
 * @throws BadConfiguration, DataDirectoryInUse, StoreUnavailable, PortTaken. Nothing stays open then.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { dataDirectory, log, around = (foundation: Foundation) => foundation } = options;
  const step = options.step ?? (() => Promise.resolve());
  const foundation = around(await openFoundation(dataDirectory, options));
  const closing: (() => Promise<void>)[] = [() => foundation.close()];
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    if (options.eventStore) log.info(describeEventStore(options.eventStore), 'the log is kept in an event store');
    const endWatching = watchEventStore(foundation.store, log);
    closing.push(() => {
      endWatching();
      return Promise.resolve();
    });
    const { tokens } = foundation;
    const files = { directory: options.empty ? null : BUNDLED_EXAMPLE, layout: options.layout };
    const remote = options.remote ?? null;
    const isShared = remote !== null && (options.eventStore ?? null) !== null;
    const writeFirst = (): Promise<string> => writeFiles(foundation, files);
    const sharing = isShared
      ? shareThrough(remote, {
          ...foundation,
          writeFirst,
          log,
          node: {
            id: await ensureNodeId(dataDirectory),
            address: nodeAddressOf(options.nodeAddress ?? null, options),
          },
        })
      : null;
    if (sharing !== null) closing.push(() => sharing.close());
    if (options.eventStore && sharing === null) await requireOwnContent(foundation);
    const adopted = await adoptFiles(
      foundation,
      files,
      (commit) => sharing?.exchange.give(commit) ?? Promise.resolve(),
    );
    const newAdminToken = ensureAdminToken(dataDirectory, tokens, foundation.clock.now());
    const node = await startNode(foundation, {
      log,
      step,
      remote,
      sharing,
      lookEveryMs: options.lookEveryMs,
    });
    closing.push(() => node.stop());

    const verifier = startBackgroundVerifier({
      dataDirectory,
      everyMinutes: options.verifyEvery ?? 0,
      log,
      joining: () => node.joining(),
      execArgv: options.verifierArgv ?? [],
    });
    closing.push(() => verifier.close());

    const schema = buildSlipwaySchema();
    const contextFor = createContextFactory(node, tokens, verifier);
    const server = createHttpServer(log);
    closing.push(async () => {
      const giveUp = setTimeout(() => void sharing?.close(), ANSWERING_MS);
      await server.close().finally(() => clearTimeout(giveUp));
    });
    registerHealth(server, [
      eventLogPart(foundation.store),
      ...followersOfLog(node, foundation.store),
      driftPart(node),
      ...remotePart(node.pusher),
      verificationPart(verifier),
    ]);
    registerMetrics(server, { node, store: foundation.store, verifier });
    registerPlainReads(server, {
      application: node.application,
      identify: (request) => identify(request.headers.authorization, tokens),
    });
    await registerGraphqlEndpoint(server, { schema, contextFor, development: options.development, log });
    if (options.development) registerQueryPage(server);
    await listen(server, options);
    const subscriptions = attachSubscriptions(server.server, { schema, contextFor, log });
    closing.push(() => subscriptions.close());

    const { port } = server.server.address() as AddressInfo; // listening on TCP: neither a string nor null
    const url = `http://${options.host}:${String(port)}/graphql`;
    closing.push(await announceEndpoint(dataDirectory, url));
    return { url, newAdminToken, adopted, node, close };
  } catch (error) {
    await close();
    throw error;
  }
}
