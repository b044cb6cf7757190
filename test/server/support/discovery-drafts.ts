import { discoveryFile } from './bundled-example';
import { type DraftView, type ReleaseView } from './commands';
import { type RunningSlipway } from './running-slipway';

export const DISCOVERY = 'project_discovery';
export const TASK = 'prompts/task.prompt.txt';

/** Drafts of one package of the bundled example, with edits that are never the same and change no word. */
export function discoveryDrafts(slipway: RunningSlipway): {
  /** A fresh draft with a change of its own; answers its id. */
  readonly edited: (input?: object) => Promise<string>;
  readonly touch: (draft: string) => Promise<DraftView>;
  /** A patch, unless the input says otherwise. */
  readonly commit: (draft: string, input?: object) => Promise<ReleaseView>;
} {
  let edits = 0;
  const touch = (draft: string): Promise<DraftView> =>
    slipway.commands.save(draft, [{ path: TASK, content: `${discoveryFile(TASK)}${'\n'.repeat((edits += 1))}` }]);
  return {
    touch,
    edited: async (input = {}) => {
      const { id } = await slipway.commands.start({ package: DISCOVERY, ...input });
      await touch(id);
      return id;
    },
    commit: async (draft, input = {}) =>
      (await slipway.commands.commit({ draft, changeType: 'PATCH', ...input })).release,
  };
}
