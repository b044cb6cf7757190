import { type Command, Option } from 'commander';
import { TransferFailed } from '../../git';
import { inspectSource } from '../../server/inspect-source';
import { readRemoteAccess } from '../../server/remote-config';
import { createValidationEngine } from '../../validation';
import { type GlobalOptions, withGlobalOptions } from '../global-options';
import { humanFormat } from '../inspect/human-format';
import { type InspectedRepository, inspectedRepository } from '../inspect/inspected-repository';
import { jsonFormat } from '../inspect/json-format';
import { historyResults } from '../inspect/sarif-results';
import { FoundErrors, Refused } from '../outcome';
import { readLayoutFile } from '../read-layout-file';
import { jsonText } from '../validate/json-text';
import { sarifFormat } from '../validate/sarif-format';
import { programVersion } from '../version';
import { formatOf } from '../format-of';

const FORMATS = ['human', 'json', 'sarif'] as const;
type Format = (typeof FORMATS)[number];

interface InspectOptions extends GlobalOptions {
  readonly format?: Format;
  readonly branch?: string;
  readonly layout?: string;
}

/** `slipway inspect REPOSITORY`: what a repository holds, and what was live when; without a server or a data directory. */
export function inspectCommand(program: Command): void {
  withGlobalOptions(program.command('inspect'))
    .description('show what a configuration repository holds, what was live when, and what is wrong; changes nothing')
    .argument('<repository>', 'path of a repository or of a bundle, or address of a repository (https, ssh)')
    .addOption(new Option('--format <format>', 'what to print (default: human)').choices(FORMATS))
    .option('--branch <name>', 'branch to inspect (default: the one that HEAD names)')
    .option('--layout <file>', 'layout for a repository that does not say its own')
    .action(async (repository: string, options: InspectOptions) => {
      const format = formatOf(options);
      const layout = await readLayoutFile(options.layout);
      const access = readRemoteAccess(process.env);
      const engine = createValidationEngine();
      try {
        const source = { path: repository, branch: options.branch ?? null, layout, access };
        const inspection = await inspectSource(source, engine).catch(asRefused);
        const inspected = inspectedRepository(repository, inspection, engine);
        print(inspected, format);
        if (!inspected.isSound) throw new FoundErrors();
      } finally {
        await engine.close();
      }
    });
}

/** What Git says of a place that is no repository does not name the place. */
function asRefused(error: unknown): never {
  if (!(error instanceof TransferFailed)) throw error;
  throw new Refused(`There is nothing to inspect: ${error.message}`, { cause: error.cause });
}

function print(inspected: InspectedRepository, format: Format): void {
  const lines = {
    human: () => humanFormat(inspected),
    json: () => [jsonText(jsonFormat(inspected))],
    sarif: () => [jsonText(sarifFormat(inspected.tip, programVersion(), historyResults(inspected)))],
  }[format]();
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}
