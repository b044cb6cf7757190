import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command } from 'commander';
import { DEFAULT_DATA_DIRECTORY } from '../server/config';
import { EVENT_LOG_FILE } from '../server/data-directory';
import { Refused } from './outcome';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
}

/** Options of commands that write to the log. */
export interface EventStoreOptions {
  readonly eventStore?: string;
}

/** Adds the options that every command takes. */
export function withGlobalOptions(command: Command): Command {
  return command
    .option('--data-dir <directory>', 'data directory (default: $SLIPWAY_DATA_DIR, else .slipway in the checkout)')
    .option('--json', 'print one JSON document instead of text');
}

/** Adds the option of commands that write to the log. */
export function withEventStoreOption(command: Command): Command {
  return command.option(
    '--event-store <address>',
    'KurrentDB that keeps the log, without a password (default: $SLIPWAY_EVENT_STORE, else the data directory)',
  );
}

/** The data directory that a command works on. */
export function dataDirectoryOf({ dataDir }: GlobalOptions): string {
  return dataDir ?? process.env.SLIPWAY_DATA_DIR ?? DEFAULT_DATA_DIRECTORY;
}

/** The data directory that a command works on, for one that makes none. @throws Refused where there is no log. */
export function usedDataDirectoryOf(options: GlobalOptions): string {
  const directory = dataDirectoryOf(options);
  if (existsSync(join(directory, EVENT_LOG_FILE))) return directory;
  throw new Refused(
    `${directory} is not a data directory of Slipway. Start the server once, or name another with --data-dir.`,
  );
}
