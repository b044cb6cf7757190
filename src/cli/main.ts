import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { BadConfiguration } from '../server/config';
import { importCommand } from './commands/import.command';
import { rebuildCommand } from './commands/rebuild.command';
import { rulesCommand } from './commands/rules.command';
import { schemaCommand } from './commands/schema.command';
import { serveCommand } from './commands/serve.command';
import { tokenCommand } from './commands/token.command';
import { tourCommand } from './commands/tour.command';
import { validateCommand } from './commands/validate.command';
import { explain } from './explain';
import { EXIT, FoundErrors, WrongUsage } from './outcome';

/** The `slipway` command. */
function createProgram(): Command {
  const program = new Command('slipway')
    .description('Release promotion for configuration that lives in Git')
    .showHelpAfterError('(add --help for usage)')
    .exitOverride();
  for (const add of [
    serveCommand,
    tourCommand,
    importCommand,
    rebuildCommand,
    rulesCommand,
    validateCommand,
    tokenCommand,
    schemaCommand,
  ])
    add(program);
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
    await createProgram().parseAsync();
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof FoundErrors) return EXIT.refused;
    process.stderr.write(`slipway: ${explain(error)}\n`);
    return error instanceof WrongUsage || error instanceof BadConfiguration ? EXIT.usage : EXIT.refused;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
