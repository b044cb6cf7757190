import { type Command, Option } from 'commander';
import { NotADirectory } from '../../git';
import { validateWorkingTree, type WorkingTreeValidation } from '../../server/validate-working-tree';
import { createValidationEngine } from '../../validation';
import { type GlobalOptions, withGlobalOptions } from '../global-options';
import { FoundErrors, Refused, WrongUsage } from '../outcome';
import { readLayoutFile } from '../read-layout-file';
import { githubFormat } from '../validate/github-format';
import { humanFormat } from '../validate/human-format';
import { jsonFormat } from '../validate/json-format';
import { jsonText } from '../validate/json-text';
import { sarifFormat } from '../validate/sarif-format';
import { type ValidatedTree, validatedTree } from '../validate/validated-tree';
import { programVersion } from '../version';
import { collect } from '../repeatable';
import { formatOf } from '../format-of';

const FORMATS = ['human', 'json', 'sarif', 'github'] as const;
type Format = (typeof FORMATS)[number];

interface ValidateOptions extends GlobalOptions {
  readonly format?: Format;
  readonly layout?: string;
  readonly package: readonly string[];
  readonly active?: boolean;
  readonly strict?: boolean;
}

/** `slipway validate DIRECTORY`: the checks of a staging on a working tree, without a server. */
export function validateCommand(program: Command): void {
  withGlobalOptions(program.command('validate'))
    .description('run the checks of a staging on the releases of a working tree; needs no server and writes nothing')
    .argument('<directory>', 'a configuration repository, or any directory in it to look only there')
    .addOption(new Option('--format <format>', 'what to print (default: human)').choices(FORMATS))
    .option('--package <id>', 'only releases of this package; may be repeated', collect, [])
    .option('--active', 'only releases that the pointer file names')
    .option('--strict', 'warnings fail too')
    .option('--layout <file>', 'layout for a repository that does not say its own')
    .action(async (directory: string, options: ValidateOptions) => {
      const format = formatOf(options);
      const layout = await readLayoutFile(options.layout);
      const engine = createValidationEngine();
      try {
        const selection = { directory, layout, packages: options.package, activeOnly: options.active === true };
        const validation = await validateWorkingTree(selection, engine).catch(asWrongUsage);
        if (validation.notIgnored !== null) {
          process.stderr.write(`slipway: Files that Git ignores are looked at too: ${validation.notIgnored}\n`);
        }
        requireReleases(validation, options);
        const tree = validatedTree(validation, engine);
        print(tree, format);
        if (!tree.isValid || (options.strict === true && tree.warningCount > 0)) throw new FoundErrors();
      } finally {
        await engine.close();
      }
    });
}

function asWrongUsage(error: unknown): never {
  throw error instanceof NotADirectory ? new WrongUsage(error.message) : error;
}

/** Nothing was looked at: that is no pass. */
function requireReleases({ source, releases, root, below }: WorkingTreeValidation, options: ValidateOptions): void {
  if (releases.length > 0 || source === null) return;
  if (source.releases.length === 0) {
    const places = Object.entries(source.layout.kinds).map(([kind, { path }]) => `${path} (${kind})`);
    throw new Refused(
      `There is no release in ${root}: looked at ${places.join(' and ')}. Give the directory of the configuration, or say where releases are in slipway.yaml or with --layout FILE.`,
    );
  }
  const of = options.package.length === 0 ? '' : ` of ${options.package.join(' or ')}`;
  const active = options.active === true ? ' that is active' : '';
  throw new Refused(`There is no release${of}${active} in ${below === '' ? root : `${below} of ${root}`}.`);
}

function print(tree: ValidatedTree, format: Format): void {
  const lines = {
    human: () => humanFormat(tree, process.cwd()),
    github: () => githubFormat(tree),
    json: () => [jsonText(jsonFormat(tree))],
    sarif: () => [jsonText(sarifFormat(tree, programVersion()))],
  }[format]();
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}
