import { type Command } from 'commander';
import { DEFAULT_DATA_DIRECTORY } from '../server/config';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
}

/** Adds the options that every command takes. */
export function withGlobalOptions(command: Command): Command {
  return command
    .option('--data-dir <directory>', 'data directory (default: $SLIPWAY_DATA_DIR, else .slipway in the checkout)')
    .option('--json', 'print one JSON document instead of text');
}

/** The data directory that a command works on. */
export function dataDirectoryOf({ dataDir }: GlobalOptions): string {
  return dataDir ?? process.env.SLIPWAY_DATA_DIR ?? DEFAULT_DATA_DIRECTORY;
}
