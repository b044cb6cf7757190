import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { BadConfiguration } from '../server/config';
import { explain } from './explain';
import { EXIT, FoundErrors, WrongUsage } from './outcome';
import { programVersion } from './version';

type AddCommand = (program: Command) => void;

/** By name, loaded when asked for: a check in a hook does not wait until the server is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  serve: async () => (await import('./commands/serve.command.js')).serveCommand,
  tour: async () => (await import('./commands/tour.command.js')).tourCommand,
  import: async () => (await import('./commands/import.command.js')).importCommand,
  export: async () => (await import('./commands/export.command.js')).exportCommand,
  rebuild: async () => (await import('./commands/rebuild.command.js')).rebuildCommand,
  inspect: async () => (await import('./commands/inspect.command.js')).inspectCommand,
  verify: async () => (await import('./commands/verify.command.js')).verifyCommand,
  rules: async () => (await import('./commands/rules.command.js')).rulesCommand,
  drift: async () => (await import('./commands/drift.command.js')).driftCommand,
  validate: async () => (await import('./commands/validate.command.js')).validateCommand,
  'copy-events': async () => (await import('./commands/copy-events.command.js')).copyEventsCommand,
  token: async () => (await import('./commands/token.command.js')).tokenCommand,
  schema: async () => (await import('./commands/schema.command.js')).schemaCommand,
};

/** The `slipway` command with the one command that is asked for; with all of them where none is. */
async function createProgram(asked: string | undefined): Promise<Command> {
  const program = new Command('slipway')
    .description('Release promotion for configuration that lives in Git')
    .version(programVersion(), '--version', 'print the version')
    .showHelpAfterError('(add --help for usage)')
    .exitOverride();
  const names = Object.keys(COMMANDS);
  for (const name of names.filter((known) => known === asked || !names.includes(asked ?? ''))) {
    const add = await COMMANDS[name]?.();
    add?.(program);
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
    await (await createProgram(process.argv[2])).parseAsync();
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
