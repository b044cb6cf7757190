import { type Command } from 'commander';
import { danglingEntries } from '../../application';
import { checkImport, importRepository } from '../../server/adopt-source';
import { openFoundation } from '../../server/open-foundation';
import { readEventStoreConfig } from '../../server/event-store-config';
import { readRemoteAccess } from '../../server/remote-config';
import {
  dataDirectoryOf,
  type EventStoreOptions,
  type GlobalOptions,
  withEventStoreOption,
  withGlobalOptions,
} from '../global-options';
import { print } from '../outcome';
import { readLayoutFile } from '../read-layout-file';
import { counted } from '../counted';
import { historyLines, historySummary } from '../import/history-summary';

interface ImportOptions extends GlobalOptions, EventStoreOptions {
  readonly branch?: string;
  readonly layout?: string;
  readonly history?: boolean;
}

/** `slipway import SOURCE`: takes an existing configuration repository over. */
export function importCommand(program: Command): void {
  withEventStoreOption(withGlobalOptions(program.command('import')))
    .description('take an existing repository over into a new data directory; interrupted, run it again')
    .argument('<source>', 'path of a repository or of a bundle, or address of a repository (https, ssh)')
    .option('--branch <name>', 'branch to take (default: the one that HEAD names)')
    .option('--layout <file>', 'layout for a repository that does not say its own')
    .option('--history', 'take over what its first-parent history says too: who released and activated what, and when')
    .action(async (source: string, options: ImportOptions) => {
      const layout = await readLayoutFile(options.layout);
      await checkImport({ path: source, layout });
      const access = readRemoteAccess(process.env);
      const foundation = await openFoundation(dataDirectoryOf(options), {
        eventStore: readEventStoreConfig(options, process.env),
      });
      try {
        const branch = options.branch ?? null;
        const withHistory = options.history === true;
        const reading = await importRepository(foundation, { path: source, branch, layout, access, withHistory });
        const kinds = Object.keys(reading.layout.kinds);
        const dangling = danglingEntries(reading);
        const { commit, notAdopted, ignoredPointerKeys, unreadableManifests } = reading;
        const result = {
          commit,
          layout: reading.layout,
          releases: reading.releases.length,
          pointerFile: reading.hasPointerFile ? reading.layout.pointer.path : null,
          active: reading.pointer.size - dangling.length,
          danglingPointers: dangling.map(([id, version]) => ({ package: id, version })),
          notAdopted,
          ignoredPointerKeys,
          unreadableManifests,
          ...(reading.history === null ? {} : { history: historySummary(reading.history) }),
        };
        print(options.json === true, result, [
          `Adopted ${commit}: ${counted(result.releases, 'release')} of ${counted(kinds.length, 'kind')} (${kinds.join(', ')}), ${String(result.active)} active.`,
          ...(reading.hasPointerFile
            ? []
            : [`There is no pointer file at ${reading.layout.pointer.path}: nothing is active.`]),
          ...dangling.map(([id, version]) => `The pointer names ${id} ${version}, which has no directory.`),
          ...notAdopted.map(({ path, why }) => `Not adopted: ${path} (${why}).`),
          ...unreadableManifests.map(
            ({ path, line, why }) =>
              `${line === null ? path : `${path}:${String(line)}`}: ${why} What this release requires is not known.`,
          ),
          ...ignoredPointerKeys.map((key) => `The pointer's ${key} names no release and is kept as it is.`),
          ...(reading.history === null ? [] : historyLines(reading.history)),
        ]);
      } finally {
        await foundation.close();
      }
    });
}
