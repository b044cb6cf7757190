import { Argument, type Command, Option } from 'commander';
import { readEventStoreConfig } from '../../server/event-store-config';
import { driftClient } from '../drift/drift-client';
import { driftLines, resolutionLines } from '../drift/drift-lines';
import {
  type EventStoreOptions,
  type GlobalOptions,
  usedDataDirectoryOf,
  withEventStoreOption,
  withGlobalOptions,
} from '../global-options';
import { FoundErrors, print } from '../outcome';

interface DriftOptions extends GlobalOptions, EventStoreOptions {
  readonly ref?: string;
  readonly place?: 'local' | 'remote';
  readonly reason?: string;
  readonly url?: string;
  readonly token?: string;
}

const REMEDIES = { heal: 'HEAL', adopt: 'ADOPT', quarantine: 'QUARANTINE' } as const;
const DONE = { heal: 'Healed', adopt: 'Adopted', quarantine: 'Quarantined' } as const;

/** `slipway drift [heal|adopt|quarantine]`: through the server that has the data directory, or without one. */
export function driftCommand(program: Command): void {
  withEventStoreOption(withGlobalOptions(program.command('drift')))
    .description(
      'show branches and tags that are not what the log predicts; put them back, or take over what was found',
    )
    .addArgument(
      new Argument(
        '[remedy]',
        'what to do; without it drift is shown, and exit code 1 says that there is some',
      ).choices(Object.keys(REMEDIES)),
    )
    .option('--ref <ref>', 'only this branch or ref (default: every one that the remedy fits)')
    .addOption(new Option('--place <place>', 'only in this place').choices(['local', 'remote']))
    .option('--reason <text>', 'why, in one line; stored with who did it')
    .option('--url <url>', 'where GraphQL is answered (default: as the server on the data directory wrote it down)')
    .option('--token <token>', "token to sign in with (default: $SLIPWAY_TOKEN, else the data directory's admin token)")
    .action(async (remedy: keyof typeof REMEDIES | undefined, options: DriftOptions) => {
      const { ref = null, reason = null, json = false } = options;
      const client = await driftClient(usedDataDirectoryOf(options), {
        ...options,
        eventStore: readEventStoreConfig(options, process.env),
      });
      if (remedy === undefined) {
        const drifts = await client.show();
        print(json, drifts, driftLines(drifts));
        if (drifts.length > 0) throw new FoundErrors();
        return;
      }
      const place = options.place === undefined ? null : ({ local: 'LOCAL', remote: 'REMOTE' } as const)[options.place];
      const resolved = await client.resolve({ remedy: REMEDIES[remedy], ref, place, reason });
      print(json, resolved, resolutionLines(resolved, DONE[remedy]));
    });
}
