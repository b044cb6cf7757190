import { newPackageFiles } from './new-package';
import { type RunningSlipway } from './running-slipway';

const TASK = 'prompts/task.prompt.txt';

/** Staged releases to move the pointer with. */
export function furtherReleases(slipway: RunningSlipway): {
  /** The next minor release of a package, with texts of its own; answers its version. */
  readonly further: (id: string, files?: Readonly<Record<string, string>>) => Promise<string>;
  /** A new package, staged at 1.0.0. */
  readonly fresh: (id: string, requires?: readonly string[]) => Promise<void>;
} {
  let texts = 0;
  return {
    further: async (id, files = {}) => {
      const text = { [TASK]: `Text ${(texts += 1)}\n` };
      return (await slipway.commands.ship(id, { files: { ...text, ...files }, input: { changeType: 'MINOR' } }))
        .version;
    },
    fresh: async (id, requires = []) => {
      const draft = await slipway.commands.start({ package: id, create: true });
      await slipway.commands.save(draft.id, newPackageFiles(id, { requires }));
      await slipway.commands.commit({ draft: draft.id });
      await slipway.commands.stage({ package: id, version: '1.0.0' });
    },
  };
}
