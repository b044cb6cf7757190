import { readFileSync, writeFileSync } from 'node:fs';
import { type Command } from 'commander';
import { printSlipwaySchema } from '../../graphql';
import { type GlobalOptions, withGlobalOptions } from '../global-options';
import { print, Refused } from '../outcome';

interface SchemaOptions extends GlobalOptions {
  readonly write?: string;
  readonly check?: string;
}

/** `slipway schema`: prints the SDL, writes it, or refuses a committed one that has drifted. */
export function schemaCommand(program: Command): void {
  withGlobalOptions(program.command('schema'))
    .description('print the GraphQL schema')
    .option('--write <file>', 'write it to a file')
    .option('--check <file>', 'refuse when the file says something else')
    .action((options: SchemaOptions) => {
      const sdl = printSlipwaySchema();
      if (options.write !== undefined) writeFileSync(options.write, sdl);
      else if (options.check === undefined) print(options.json === true, { schema: sdl }, [sdl.trimEnd()]);
      else if (readFileSync(options.check, 'utf8') !== sdl) {
        throw new Refused(`${options.check} is not the schema of the code. Run npm run schema:write and commit it.`);
      }
    });
}
