import { type Answer } from './graphql-client';

export interface DraftView {
  readonly id: string;
  readonly head: string;
  readonly branch: string;
  readonly baseVersion: string | null;
  readonly baseIsActive: boolean;
  readonly dirty: boolean;
}
export interface ReleaseView {
  readonly id: string;
  readonly version: string;
  readonly state: string;
  readonly commit: string;
  readonly tree: string;
  readonly tag: string | null;
  readonly changeType: string | null;
}
export interface ReportView {
  readonly id: string;
  readonly valid: boolean;
  readonly digest: string;
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly path: string | null }[];
}
export interface ChangeView {
  readonly packageId: string;
  readonly fromVersion: string | null;
  readonly toVersion: string | null;
}
export interface MoveView {
  readonly id: string;
  readonly position: string;
  readonly action: string;
  readonly at: string;
  readonly reason: string;
  readonly commit: string | null;
  readonly overrides: readonly string[];
  readonly pointer: Readonly<Record<string, string>>;
  readonly changes: readonly ChangeView[];
}
export interface FileChange {
  readonly path: string;
  readonly content?: string;
  readonly delete?: boolean;
}

export const DRAFT = 'id head branch baseVersion baseIsActive dirty';
export const RELEASE = 'id version state commit tree tag changeType';
export const REPORT = 'id valid digest findings { rule severity path }';
export const MOVE = 'id position action at reason commit overrides pointer changes { packageId fromVersion toVersion }';

type Input = Readonly<Record<string, unknown>>;

/** The mutations, named as people speak of them. */
export interface Commands {
  start(input: Input): Promise<DraftView>;
  save(draft: string, changes: readonly FileChange[], input?: Input): Promise<DraftView>;
  discard(input: Input): Promise<DraftView>;
  abandon(draft: string): Promise<string>;
  commit(input: Input): Promise<{ release: ReleaseView; position: string }>;
  stage(input: Input): Promise<{ staged: boolean; release: ReleaseView; report: ReportView; position: string }>;
  activate(releases: Readonly<Record<string, string>>, input?: Input): Promise<MoveView>;
  rollback(input: Input): Promise<MoveView>;
  rollbackActivation(activation: string, input?: Input): Promise<MoveView>;
  deactivate(packages: readonly string[], input?: Input): Promise<MoveView>;
  tag(input: Input): Promise<{ tag: string; release: ReleaseView; position: string }>;
  /** From a fresh draft of the package to a staged release. */
  ship(packageId: string, release: { files: Readonly<Record<string, string>>; input?: Input }): Promise<ReleaseView>;
}

export function commandsOf(ask: (query: string, variables: object) => Promise<Answer['data']>): Commands {
  const send = async (name: string, selection: string, input: Input): Promise<Answer['data']> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const data = await ask(`mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`, { input });
    return data[name];
  };
  const draft = async (name: string, input: Input): Promise<DraftView> =>
    (await send(name, `draft { ${DRAFT} }`, input)).draft as DraftView;
  const move = async (name: string, input: Input): Promise<MoveView> =>
    (await send(name, `activation { ${MOVE} } position`, { reason: `test ${name}`, ...input })).activation as MoveView;

  const commands: Commands = {
    start: (input) => draft('startDraft', input),
    save: (id, changes, input = {}) => draft('saveArtifacts', { draft: id, changes, ...input }),
    discard: (input) => draft('discardChanges', input),
    abandon: async (id) => (await send('abandonDraft', 'draftId', { draft: id })).draftId as string,
    commit: (input) =>
      send('commitDraft', `release { ${RELEASE} } position`, { message: 'Change the texts', ...input }) as ReturnType<
        Commands['commit']
      >,
    stage: (input) =>
      send('stageRelease', `staged release { ${RELEASE} } report { ${REPORT} } position`, input) as ReturnType<
        Commands['stage']
      >,
    activate: (releases, input = {}) =>
      move('activateReleases', {
        releases: Object.entries(releases).map(([id, version]) => ({ package: id, version })),
        ...input,
      }),
    rollback: (input) => move('rollback', input),
    rollbackActivation: (activation, input = {}) => move('rollbackActivation', { activation, ...input }),
    deactivate: (packages, input = {}) => move('deactivate', { packages, ...input }),
    tag: (input) => send('tagRelease', `tag release { ${RELEASE} } position`, input) as ReturnType<Commands['tag']>,
    ship: async (packageId, { files, input = {} }) => {
      const { id } = await commands.start({ package: packageId });
      await commands.save(
        id,
        Object.entries(files).map(([path, content]) => ({ path, content })),
      );
      const { release } = await commands.commit({ draft: id, changeType: 'PATCH', ...input });
      const { release: staged } = await commands.stage({ package: packageId, version: release.version });
      return staged;
    },
  };
  return commands;
}
