import { type Command } from 'commander';
import { verifyDataDirectory } from '../../server/verify-data-directory';
import { type GlobalOptions, usedDataDirectoryOf, withGlobalOptions } from '../global-options';
import { FoundErrors, print } from '../outcome';
import { humanFormat } from '../verify/human-format';
import { progressBar } from '../verify/progress-bar';

/** `slipway verify`: proves that the log, Git and the read models agree. */
export function verifyCommand(program: Command): void {
  withGlobalOptions(program.command('verify'))
    .description(
      'prove that the event log, Git and the read models agree; works beside a running server, writes nothing',
    )
    .action(async (options: GlobalOptions) => {
      const directory = usedDataDirectoryOf(options);
      const bar = progressBar('Verifying');
      const verification = await verifyDataDirectory(directory, (done, total) => bar.update(done, total)).finally(() =>
        bar.stop(),
      );
      print(options.json === true, verification, humanFormat(verification));
      if (!verification.passed) throw new FoundErrors();
    });
}
