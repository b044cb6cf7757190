import 'reflect-metadata';
import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { BadConfiguration } from '../server/config';
import { explain } from './explain';
import { EXIT, FoundErrors, WrongUsage } from './outcome';
import { programVersion } from './version';

type AddCommand = (program: Command) => void;

/**
 * What adds each command, exported by `commands/NAME.command.ts`. Loaded when asked for: a check in a hook does not wait until the
 * server is loaded. By `require`, for `import()` would read all of it once more to find what it exports.
 */
const COMMANDS: Readonly<Record<string, string>> = {
  serve: 'serveCommand',
  tour: 'tourCommand',
  import: 'importCommand',
  export: 'exportCommand',
  rebuild: 'rebuildCommand',
  inspect: 'inspectCommand',
  verify: 'verifyCommand',
  rules: 'rulesCommand',
  drift: 'driftCommand',
  validate: 'validateCommand',
  'copy-events': 'copyEventsCommand',
  token: 'tokenCommand',
  schema: 'schemaCommand',
};
const load = createRequire(__filename);

/** The `slipway` command with the one command that is asked for; with all of them where none is. */
function createProgram(asked: string | undefined): Command {
  const program = new Command('slipway')
    .description('Release promotion for configuration that lives in Git')
    .version(programVersion(), '--version', 'print the version')
    .showHelpAfterError('(add --help for usage)')
    .exitOverride();
  const isKnown = Object.hasOwn(COMMANDS, asked ?? '');
  for (const [name, exported] of Object.entries(COMMANDS)) {
    if (isKnown && name !== asked) continue;
    const command = load(`./commands/${name}.command`) as Readonly<Record<string, AddCommand>>;
    command[exported]?.(program);
  }
  inheritExit(program);
  return program;
}

function inheritExit(command: Command): void {
  for (const child of command.commands) {
    child.exitOverride();
    inheritExit(child);
  }
}

async function main(): Promise<number> {
  try {
    await createProgram(process.argv[2]).parseAsync();
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof FoundErrors) return EXIT.refused;
    process.stderr.write(`slipway: ${explain(error)}\n`);
    return error instanceof WrongUsage || error instanceof BadConfiguration ? EXIT.usage : EXIT.refused;
  }
}

// Whoever reads may stop before the end, as `head` does: what is left to print is then of no use to anybody.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void main().then((code) => {
  process.exitCode = code;
});
