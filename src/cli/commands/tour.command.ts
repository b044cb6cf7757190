import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command } from 'commander';
import { endpointFile } from '../../server/endpoint-file';
import { adminTokenFile } from '../../server/identity/admin-token';
import { dataDirectoryOf, type GlobalOptions, withGlobalOptions } from '../global-options';
import { print, Refused } from '../outcome';
import { createGraphqlClient } from '../tour/graphql-client';
import { Narrator } from '../tour/narrator';
import { tellStory } from '../tour/story';

interface TourOptions extends GlobalOptions {
  readonly url?: string;
  readonly token?: string;
}

/** `slipway tour`: the whole story against the running server. */
export function tourCommand(program: Command): void {
  withGlobalOptions(program.command('tour'))
    .description('drive a change from draft to production and back on the running server')
    .option('--url <url>', 'where GraphQL is answered (default: as the server on the data directory wrote it down)')
    .option('--token <token>', "token to sign in with (default: $SLIPWAY_TOKEN, else the data directory's admin token)")
    .action(async (options: TourOptions) => {
      const directory = dataDirectoryOf(options);
      const url = options.url ?? (await readLine(endpointFile(directory)));
      const token = options.token ?? process.env.SLIPWAY_TOKEN ?? (await readLine(adminTokenFile(directory)));
      const narrator = new Narrator(options.json === true ? null : (text) => process.stdout.write(text));
      await tellStory({
        client: createGraphqlClient({ url, token }),
        narrator,
        gitdir: join(directory, 'repository.git'),
      });
      print(options.json === true, narrator.steps, [
        '',
        'That was the whole story. Ask the server anything at',
        `  ${url}`,
      ]);
    });
}

async function readLine(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new Refused(`${file} cannot be read. Start the server with npm start first, or give --url and --token.`, {
      cause: error,
    });
  }
}
