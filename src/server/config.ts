import { join } from 'node:path';

/** How a server runs. */
export interface ServerConfig {
  /** Everything the server writes is in here. */
  readonly dataDirectory: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Loopback unless an operator says otherwise. */
  readonly host: string;
  /** False in production: no query page, no introspection. */
  readonly development: boolean;
  /** Minutes between two verifications in the background; 0 for none. */
  readonly verifyEvery: number;
}

/** A setting that cannot be used; the message names it and says what it may be. */
export class BadConfiguration extends Error {
  override readonly name = 'BadConfiguration';
}

const CHECKOUT = join(__dirname, '..', '..');

/** Data directory of a bare `npm start`: inside the checkout, ignored by Git. */
export const DEFAULT_DATA_DIRECTORY = join(CHECKOUT, '.slipway');

/** The example repository that the first start adopts. */
export const BUNDLED_EXAMPLE = join(CHECKOUT, 'examples', 'config');

const DEFAULT_PORT = 4000;

const DEFAULT_VERIFY_EVERY = '60';

/** Settings from the command line first, then the environment, then defaults. @throws BadConfiguration */
export function readConfig(
  flags: {
    readonly dataDir?: string | undefined;
    readonly port?: string | undefined;
    readonly host?: string | undefined;
    readonly verifyEvery?: string | undefined;
  },
  environment: NodeJS.ProcessEnv,
): ServerConfig {
  return {
    dataDirectory: flags.dataDir ?? environment.SLIPWAY_DATA_DIR ?? DEFAULT_DATA_DIRECTORY,
    port: requirePort(flags.port ?? environment.SLIPWAY_PORT ?? String(DEFAULT_PORT)),
    host: flags.host ?? environment.SLIPWAY_HOST ?? '127.0.0.1',
    development: environment.NODE_ENV !== 'production',
    verifyEvery: requireMinutes(flags.verifyEvery ?? environment.SLIPWAY_VERIFY_EVERY ?? DEFAULT_VERIFY_EVERY),
  };
}

function requirePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new BadConfiguration(`${JSON.stringify(text)} is not a port. Give a number from 0 (any free one) to 65535.`);
}

function requireMinutes(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new BadConfiguration(
    `${JSON.stringify(text)} is no interval of verification. Give minutes from 1 to 99999, or 0 for none.`,
  );
}
