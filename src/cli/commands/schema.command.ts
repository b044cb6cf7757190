import { readFileSync, writeFileSync } from 'node:fs';
import { type Command } from 'commander';
import { printSlipwaySchema } from '../../graphql';
import { Refused } from '../outcome';

/** `slipway schema`: prints the SDL, writes it, or refuses a committed one that has drifted. */
export function schemaCommand(program: Command): void {
  program
    .command('schema')
    .description('print the GraphQL schema')
    .option('--write <file>', 'write it to a file')
    .option('--check <file>', 'refuse when the file says something else')
    .action((options: { readonly write?: string; readonly check?: string }) => {
      const sdl = printSlipwaySchema();
      if (options.write !== undefined) writeFileSync(options.write, sdl);
      else if (options.check === undefined) process.stdout.write(sdl);
      else if (readFileSync(options.check, 'utf8') !== sdl) {
        throw new Refused(`${options.check} is not the schema of the code. Run npm run schema:write and commit it.`);
      }
    });
}
