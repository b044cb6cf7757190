import { type Command } from 'commander';
import { type EndLine, exportLog } from '../../application';
import { openReadingOfMuch } from '../../server/open-reading';
import { preferSmallHeap } from '../../server/prefer-small-heap';
import { type GlobalOptions, usedDataDirectoryOf, withGlobalOptions } from '../global-options';
import { print } from '../outcome';
import { writeAside } from '../write-aside';
import { collect } from '../repeatable';

interface ExportOptions extends GlobalOptions {
  readonly to: string;
  readonly from?: string;
  readonly until?: string;
  readonly package: readonly string[];
  readonly force?: boolean;
}

/** `slipway export --to FILE`: the log and its commits as one file that an auditor can check. */
export function exportCommand(program: Command): void {
  withGlobalOptions(program.command('export'))
    .description(
      'write the log with its chain, its reports and its commits to one file for an auditor; changes nothing',
    )
    .requiredOption('--to <file>', 'where to write')
    .option('--from <moment>', 'begin there: a moment, a day (UTC) or a position')
    .option('--until <moment>', 'end there, inclusive')
    .option('--package <id>', 'only this package, with the pointer and the repository; may be repeated', collect, [])
    .option('--force', 'overwrite the file')
    .action(async (options: ExportOptions) => {
      const { to, from, until, package: packages, force = false } = options;
      preferSmallHeap();
      const reading = await openReadingOfMuch(usedDataDirectoryOf(options));
      try {
        const lines = exportLog(reading, { from, until, packages: packages.length === 0 ? undefined : packages });
        let last = '';
        const remembered = async function* (): AsyncGenerator<string> {
          for await (const line of lines) yield (last = line);
        };
        const bytes = await writeAside(to, remembered(), { overwrite: force });
        const { events, objects, unpublished, tip, head } = JSON.parse(last) as EndLine;
        const result = { file: to, bytes, events, objects, unpublished, tip, head };
        print(options.json === true, result, [
          `Exported ${String(events)} events and ${String(objects)} commits and tags to ${to} (${String(bytes)} bytes).`,
          ...(unpublished === 0 ? [] : [`${String(unpublished)} of them are not in Git yet.`]),
          `Tip ${tip ?? 'none'}, head ${head}: note them down where nobody else can change them.`,
        ]);
      } finally {
        await reading.close();
      }
    });
}
