import { type DatabaseSyncInstance } from '@photostructure/sqlite';
import { isSoundSqlite } from './sqlite-version';
import { StoreUnavailable } from '../errors';

/** A connection of either driver: `@photostructure/sqlite` has the API of `node:sqlite`. */
export type NativeSqlite = DatabaseSyncInstance;

export interface NativeOptions {
  readonly readOnly?: boolean;
  /** Milliseconds to wait for another connection's lock. */
  readonly timeout?: number;
}

interface Driver {
  readonly DatabaseSync: new (path: string, options?: NativeOptions) => NativeSqlite;
}

/**
 * Opens a connection with Node's own SQLite where there is one and its version is sound, else with the one that comes
 * prebuilt with the package.
 *
 * @throws StoreUnavailable when neither has a sound version.
 */
export function openNative(path: string, options: NativeOptions = {}): NativeSqlite {
  const { DatabaseSync } = soundDriver();
  return new DatabaseSync(path, options);
}

function soundDriver(): Driver {
  const found: string[] = [];
  for (const load of [builtInDriver, packagedDriver]) {
    const driver = load();
    if (driver === null) continue;
    const version = versionOf(driver);
    if (isSoundSqlite(version)) return driver;
    found.push(version);
  }
  throw new StoreUnavailable(`SQLite 3.51.3 or newer is needed; found ${found.join(' and ')}.`);
}

function versionOf(driver: Driver): string {
  const memory = new driver.DatabaseSync(':memory:');
  try {
    return (memory.prepare('SELECT sqlite_version() AS version').get() as { version: string }).version;
  } finally {
    memory.close();
  }
}

function builtInDriver(): Driver | null {
  const load = (): object | undefined => process.getBuiltinModule('node:sqlite');
  // The types of Node 20 do not know the module; its API is the package's.
  return (withoutWarning('SQLite is an experimental feature', load) as Driver | undefined) ?? null;
}

function packagedDriver(): Driver {
  // Loaded only where Node's own does not do: it brings a native library.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a static import would load it always
  return require('@photostructure/sqlite') as Driver;
}

/** Runs `load` and keeps the one warning that begins with `start` from being printed; every other one passes. */
function withoutWarning<T>(start: string, load: () => T): T {
  const emit = process.emitWarning.bind(process) as (...parts: unknown[]) => void;
  const filtered = (warning: string | Error, ...rest: unknown[]): void => {
    if (!String(warning).startsWith(start)) emit(warning, ...rest);
  };
  const original = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  process.emitWarning = filtered;
  try {
    return load();
  } finally {
    if (original === undefined) Reflect.deleteProperty(process, 'emitWarning');
    else Object.defineProperty(process, 'emitWarning', original);
  }
}
