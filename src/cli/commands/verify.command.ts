import { type Command } from 'commander';
import { verifyExport, type ExportVerification } from '../../application';
import { preferSmallHeap } from '../../server/prefer-small-heap';
import { type Verification, verifyDataDirectory } from '../../server/verify-data-directory';
import { type GlobalOptions, usedDataDirectoryOf, withGlobalOptions } from '../global-options';
import { FoundErrors, print, WrongUsage } from '../outcome';
import { humanFormat, humanFormatOfExport } from '../verify/human-format';
import { progressBar } from '../progress-bar';
import { readExportFile } from '../verify/read-export-file';

interface VerifyOptions extends GlobalOptions {
  readonly expectTip?: string;
  readonly expectHead?: string;
}

/** `slipway verify [FILE]`: proves that log, Git and read models agree, or that an export is complete and unchanged. */
export function verifyCommand(program: Command): void {
  withGlobalOptions(program.command('verify').argument('[file]', 'an export to check instead of the data directory'))
    .description(
      'prove that the event log, Git and the read models agree; works beside a running server, writes nothing',
    )
    .option('--expect-tip <commit>', 'of an export: the commit of main that a witness noted')
    .option('--expect-head <hash>', 'of an export: the head that a witness noted')
    .action(async (file: string | undefined, options: VerifyOptions) => {
      const isJson = options.json === true;
      preferSmallHeap();
      if (file === undefined) {
        const verification = await verifyUsed(options);
        print(isJson, verification, humanFormat(verification));
        if (!verification.passed) throw new FoundErrors();
      } else {
        const verification = await verifyFile(file, options);
        print(isJson, verification, humanFormatOfExport(verification));
        if (!verification.passed) throw new FoundErrors();
      }
    });
}

async function verifyUsed(options: VerifyOptions): Promise<Verification> {
  const { expectTip, expectHead } = options;
  if (expectTip !== undefined || expectHead !== undefined) {
    throw new WrongUsage('--expect-tip and --expect-head are compared with an export: slipway verify FILE.');
  }
  const bar = progressBar('Verifying');
  return verifyDataDirectory(usedDataDirectoryOf(options), (done, total) => bar.update(done, total)).finally(() =>
    bar.stop(),
  );
}

async function verifyFile(file: string, options: VerifyOptions): Promise<ExportVerification> {
  const { dataDir, expectTip: tip, expectHead: head } = options;
  if (dataDir !== undefined)
    throw new WrongUsage('Give a file or --data-dir, not both: an export needs no other data.');
  return verifyExport(readExportFile(file), { tip, head });
}
