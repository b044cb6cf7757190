import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command } from 'commander';
import { type CopiedEvents, copyEvents } from '../../server/copy-events';
import { EVENT_LOG_FILE } from '../../server/data-directory';
import { readEventStoreConfig } from '../../server/event-store-config';
import { type GlobalOptions, usedDataDirectoryOf, withGlobalOptions } from '../global-options';
import { FoundErrors, print, Refused, WrongUsage } from '../outcome';
import { progressBar } from '../progress-bar';
import { stopSignal } from '../stop-signal';
import { linesOfChecks } from '../verify/human-format';

interface CopyEventsOptions extends GlobalOptions {
  readonly from?: string;
  readonly to?: string;
}

/** `slipway copy-events --from DIRECTORY --to ADDRESS`: moves an embedded log into a KurrentDB. */
export function copyEventsCommand(program: Command): void {
  withGlobalOptions(program.command('copy-events'))
    .description(
      'copy the log of a data directory into a KurrentDB and prove the copy; interrupted, run it again; changes no data directory',
    )
    .option('--from <directory>', 'data directory that no server has (default: as --data-dir)')
    .option('--to <address>', 'the KurrentDB, without a password (default: $SLIPWAY_EVENT_STORE)')
    .argument('[surplus...]')
    .usage('[options]')
    .action(async (surplus: readonly string[], options: CopyEventsOptions) => {
      if (surplus.length > 0) {
        throw new WrongUsage('It takes options and no arguments: slipway copy-events --from DIRECTORY --to ADDRESS.');
      }
      const to = readEventStoreConfig({ eventStore: options.to }, process.env, '--to');
      if (to === null) throw new WrongUsage('Name the KurrentDB with --to or SLIPWAY_EVENT_STORE.');
      const dataDirectory = options.from === undefined ? usedDataDirectoryOf(options) : fromDirectory(options.from);
      const bar = progressBar('Copying');
      const onCopied = (done: number, total: number): void => bar.update(done, total);
      const copied = await copyEvents({ dataDirectory, to, onCopied, signal: stopSignal() }).finally(() => bar.stop());
      print(options.json === true, copied, linesOf(copied));
      if (!copied.passed) throw new FoundErrors();
    });
}

/** @throws Refused where there is no log. */
function fromDirectory(directory: string): string {
  if (existsSync(join(directory, EVENT_LOG_FILE))) return directory;
  if (/^[a-z+]+:\/\//.test(directory)) {
    throw new WrongUsage('--from takes a data directory, not an address. Are --from and --to exchanged?');
  }
  throw new Refused(`--from: ${directory} is not a data directory of Slipway, or has no event log.`);
}

function linesOf({ passed, logId, events, copied, position, unpublished, checks }: CopiedEvents): readonly string[] {
  return [
    `Log ${logId}: ${String(copied)} events copied, ${String(events - copied)} were there. The server holds all ${String(events)}, up to ${position ?? 'nothing'}.`,
    ...linesOfChecks(checks),
    ...(unpublished > 0 ? [`Not published to Git yet: ${String(unpublished)} commits.`] : []),
    passed
      ? 'The copy makes the same commits. docs/kurrentdb.md says how the data directory moves over ("Moving over").'
      : 'The copy is complete, but the repository is not what the log makes: see slipway verify.',
  ];
}
