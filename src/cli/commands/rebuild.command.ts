import { type Command } from 'commander';
import { type GitRebuild, rebuildGit } from '../../server/rebuild-git';
import { type ReadModelRebuild, rebuildReadModels } from '../../server/rebuild-read-models';
import { type GlobalOptions, usedDataDirectoryOf, withGlobalOptions } from '../global-options';
import { print, WrongUsage } from '../outcome';
import { collect } from '../repeatable';
import { progressBar } from '../progress-bar';

interface RebuildOptions extends GlobalOptions {
  readonly git?: boolean;
  readonly readModels?: boolean;
  readonly contentFrom: readonly string[];
  readonly discardOld?: boolean;
}

/** `slipway rebuild`: makes the read models or the repository anew from the log. */
export function rebuildCommand(program: Command): void {
  withGlobalOptions(program.command('rebuild'))
    .description(
      'make the read models or the Git repository anew from the event log; beside a running server, for its next start',
    )
    .option('--read-models', 'the read models (the default)')
    .option('--git', 'the repository, with the same commit ids')
    .option('--content-from <path>', 'a clone that has what the repository has lost; may be repeated', collect, [])
    .option('--discard-old', 'remove the old repository once the new one is in use')
    .action(async (options: RebuildOptions) => {
      const { git = false, contentFrom, discardOld = false } = options;
      if (!git && (contentFrom.length > 0 || discardOld))
        throw new WrongUsage('--content-from and --discard-old go with --git.');
      const dataDirectory = usedDataDirectoryOf(options);
      const json = options.json === true;
      const repository = git
        ? await withProgress('Repository', (onProgress) =>
            rebuildGit({ dataDirectory, contentFrom, discardOld, onProgress }),
          )
        : null;
      const readModels =
        !git || options.readModels === true
          ? await withProgress('Read models', (onProgress) => rebuildReadModels({ dataDirectory, onProgress }))
          : null;
      const results = [...(repository === null ? [] : [repository]), ...(readModels === null ? [] : [readModels])];
      print(json, results.length === 1 ? results[0] : { git: repository, readModels }, [
        ...(repository === null ? [] : repositoryLines(repository)),
        ...(readModels === null ? [] : readModelLines(readModels)),
      ]);
    });
}

async function withProgress<T>(
  doing: string,
  work: (onProgress: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  const bar = progressBar(doing);
  try {
    return await work((done, total) => bar.update(done, total));
  } finally {
    bar.stop();
  }
}

function repositoryLines({ events, tip, refs, differences, taken, replaced }: GitRebuild): readonly string[] {
  return [
    `Rebuilt the repository from ${String(events)} events: ${String(refs)} refs, main at ${tip ?? 'nothing'}.`,
    ...(differences.length === 0 ? ['Every ref stands where it stood.'] : []),
    ...differences.map(
      ({ ref, before, after, why }) => `${ref}: ${before ?? 'nothing'} -> ${after ?? 'nothing'}. ${why}`,
    ),
    ...(taken
      ? []
      : ['A server is running: it takes the new repository at its next start, with the drafts of that moment.']),
    ...(replaced === null ? [] : [`The old one is ${replaced}: remove it when nobody needs it.`]),
  ];
}

function readModelLines({ events, digest, digestBefore, taken }: ReadModelRebuild): readonly string[] {
  const before = digestBefore ?? 'none';
  return [
    `Rebuilt from ${String(events)} events; digest ${digest}.`,
    ...(taken
      ? [digest === digestBefore ? 'The rows are the same as before.' : `The rows differ from before (${before}).`]
      : ['A server is running: it takes the new read models at its next start.']),
  ];
}
