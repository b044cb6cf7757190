import { join } from 'node:path';
import { type Command } from 'commander';
import { rebuildReadModel } from '../../projections';
import { openFoundation, READ_MODEL_FILE } from '../../server/compose';
import { type GlobalOptions, usedDataDirectoryOf, withGlobalOptions } from '../global-options';
import { print } from '../outcome';

/** `slipway rebuild`: makes the read models anew from the log. */
export function rebuildCommand(program: Command): void {
  withGlobalOptions(program.command('rebuild'))
    .description('make the read models anew from the event log; the server must not be running')
    .action(async (options: GlobalOptions) => {
      const foundation = await openFoundation(usedDataDirectoryOf(options));
      try {
        const path = join(foundation.dataDirectory, READ_MODEL_FILE);
        const result = await rebuildReadModel({ path, store: foundation.store });
        const { events, digest, digestBefore } = result;
        print(options.json === true, result, [
          `Rebuilt from ${String(events)} events; digest ${digest}.`,
          digest === digestBefore
            ? 'The rows are the same as before.'
            : `The rows differ from before (${digestBefore}).`,
        ]);
      } finally {
        await foundation.close();
      }
    });
}
