import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Role } from '../../../src/domain';
import { openTokenStore } from '../../../src/server/identity/token-store';
import { type Log } from '../../../src/server/log';
import { type RunningServer, startServer, type StartOptions } from '../../../src/server/start-server';
import { type Foundation } from '../../../src/server/open-foundation';
import { git } from '../../git/real-git';
import { type Commands, commandsOf } from './commands';
import { follow, type Following } from './follow';
import { type Answer, dataOf, post } from './graphql-client';
import { validator } from './validator.shared';

/** A server on a data directory of its own, seen through its front door. */
export interface RunningSlipway {
  readonly url: string;
  readonly dataDirectory: string;
  readonly adminToken: string;
  /** What it logged, facts and message. */
  readonly logged: readonly { readonly facts: Record<string, unknown>; readonly message: string }[];
  /** The commands of an administrator, with their answers; refusals are raised as `Refused`. */
  readonly commands: Commands;
  /** Sends an operation, as the administrator unless another token (null: none) is given. */
  gql(query: string, variables?: object, token?: string | null, headers?: Record<string, string>): Promise<Answer>;
  /** The data of an operation of the administrator. @throws Refused */
  ask(query: string, variables?: object): Promise<Answer['data']>;
  subscribe<T>(query: string, variables?: object, token?: string | null): Promise<Following<T>>;
  token(role: Role, actor: string): { readonly id: string; readonly token: string };
  revoke(tokenId: string): void;
  /** Runs the real git in the bare repository. */
  git(...args: readonly string[]): string;
  /** Resolves when Git holds everything that the log holds now. */
  published(): Promise<void>;
  /** Stops it, lets somebody else at its files, and starts it again. */
  restart(meanwhile?: () => void | Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** One server for all tests of a file, on the bundled example. */
export function slipwayOfFile(options: Partial<StartOptions> = {}): RunningSlipway {
  const running = {} as RunningSlipway; // filled before the first test begins
  beforeAll(async () => {
    Object.defineProperties(running, Object.getOwnPropertyDescriptors(await startSlipway(options)));
  });
  afterAll(() => running.close());
  return running;
}

export async function startSlipway(options: Partial<StartOptions> = {}): Promise<RunningSlipway> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'slipway-server-')));
  const logged: { facts: Record<string, unknown>; message: string }[] = [];
  const around = options.around ?? ((foundation: Foundation) => foundation);
  const start = (): Promise<RunningServer> =>
    startServer({
      port: 0,
      host: '127.0.0.1',
      development: true,
      empty: false,
      layout: undefined,
      log: collecting(logged),
      ...options,
      around: (foundation) =>
        around(options.validation === undefined ? { ...foundation, validation: validator } : foundation),
      dataDirectory,
    });
  let server: RunningServer = await start();
  await server.node.joined;
  const following: Following<unknown>[] = [];
  const adminToken = readFileSync(join(dataDirectory, 'admin-token'), 'utf8').trim();

  const slipway: RunningSlipway = {
    get url() {
      return server.url;
    },
    dataDirectory,
    adminToken,
    logged,
    get commands() {
      return commandsOf((query, variables) => slipway.ask(query, variables));
    },
    gql: (query, variables, token = adminToken, headers) =>
      post({ url: server.url, token, ...(headers === undefined ? {} : { headers }) }, query, variables),
    ask: (query, variables) => slipway.gql(query, variables).then(dataOf),
    subscribe: async <T>(query: string, variables: object = {}, token: string | null = adminToken) => {
      const connectionParams = token === null ? {} : { connectionParams: { Authorization: `Bearer ${token}` } };
      const opened = await follow<T>(server.url, { ...connectionParams, query, variables });
      following.push(opened);
      return opened;
    },
    token: (role, actor) =>
      withTokens(dataDirectory, (tokens) => {
        const { record, token } = tokens.create({ actor: { id: actor, name: nameOf(actor) }, role, now: NOW });
        return { id: record.id, token };
      }),
    revoke: (id) => void withTokens(dataDirectory, (tokens) => tokens.revoke(id, NOW)),
    git: (...args) => git(join(dataDirectory, 'repository.git'), args),
    published: async () => {
      const head = server.node.projections.position();
      if (head !== null) await server.node.publisher.publishedUpTo(head);
    },
    restart: async (meanwhile = () => undefined) => {
      await server.close();
      await meanwhile();
      server = await start();
      await server.node.joined;
    },
    close: async () => {
      for (const opened of following) await opened.stop();
      await server.close();
      if (existsSync(dataDirectory)) await rm(dataDirectory, { recursive: true, force: true });
    },
  };
  return slipway;
}

const NOW = '2026-03-01T10:00:00.000Z';

/** As `slipway token` does beside a running server. */
function withTokens<T>(dataDirectory: string, use: (tokens: ReturnType<typeof openTokenStore>) => T): T {
  const tokens = openTokenStore({ path: join(dataDirectory, 'tokens.db') });
  try {
    return use(tokens);
  } finally {
    tokens.close();
  }
}

function nameOf(actor: string): string {
  return actor
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');
}

function collecting(logged: { facts: Record<string, unknown>; message: string }[]): Log {
  const keep = (facts: Record<string, unknown>, message: string): void => void logged.push({ facts, message });
  return { info: () => undefined, warn: keep, error: keep } as unknown as Log; // only these calls are made
}
