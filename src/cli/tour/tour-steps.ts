import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from '../outcome';
import { type Committed, type Event, type Move, type Staging } from './answers';
import { type GraphqlClient } from './graphql-client';
import { type Narrator } from './narrator';
import * as operations from './operations';

const PUBLISHED_WITHIN_MS = 10_000;
const POLL_MS = 20;

/** The steps the tour is made of: each sends one operation and tells what came of it. */
export class TourSteps {
  constructor(
    private readonly client: GraphqlClient,
    private readonly narrator: Narrator,
  ) {}

  async startDraft(packageId: string): Promise<string> {
    const variables = { input: { package: packageId } };
    const { startDraft } = await this.client.send<{
      startDraft: { draft: { id: string; branch: string; head: string; baseVersion: string } };
    }>(operations.START_DRAFT, variables);
    const { id, branch, head, baseVersion } = startDraft.draft;
    this.tell(
      `Start a draft of ${packageId}, from the active release ${baseVersion}`,
      operations.START_DRAFT,
      variables,
      [`draft ${id} on branch ${branch}, head ${head}`, 'no event: a draft is Git state and nothing else'],
    );
    return id;
  }

  async save(title: string, draft: string, changes: readonly { path: string; content: string }[]): Promise<void> {
    const variables = { input: { draft, changes } };
    const { saveArtifacts } = await this.client.send<{ saveArtifacts: { draft: { head: string } } }>(
      operations.SAVE,
      variables,
    );
    this.tell(title, operations.SAVE, variables, [`head ${saveArtifacts.draft.head}`]);
  }

  async showDiff(draft: string): Promise<void> {
    const variables = { id: draft };
    const answer = await this.client.send<{
      draft: {
        changes: readonly { path: string; change: string; added: number; removed: number; unified: string | null }[];
      };
    }>(operations.DIFF, variables);
    const facts = answer.draft.changes.flatMap(({ path, change, added, removed, unified }) => [
      `${change} ${path} +${String(added)} -${String(removed)}`,
      ...(unified ?? '').split('\n').filter((line) => /^[+-](?![+-])/.test(line)),
    ]);
    this.tell('See the diff against the base', operations.DIFF, variables, facts);
  }

  async commitWithoutMessage(draft: string): Promise<void> {
    const variables = { input: { draft, message: '', changeType: 'MINOR' } };
    const { code, message } = await this.client.refusal(operations.COMMIT, variables);
    this.tell('A commit without a message is refused', operations.COMMIT, variables, [`${code}: ${message}`]);
  }

  async commit(packageId: string, draft: string, message: string): Promise<string> {
    const variables = { input: { draft, message, changeType: 'MINOR' } };
    const { commitDraft } = await this.client.send<{ commitDraft: { release: Committed } }>(
      operations.COMMIT,
      variables,
    );
    const { version, commit, tree } = commitDraft.release;
    this.tell(`Commit it as ${packageId} ${version}`, operations.COMMIT, variables, [
      `event ${await this.lastEvent(packageId)}`,
      `commit ${commit}, release directory ${tree}`,
    ]);
    return version;
  }

  async stage(packageId: string, version: string, expected: 'staged' | 'refused'): Promise<void> {
    const variables = { input: { package: packageId, version } };
    const { stageRelease } = await this.client.send<{ stageRelease: Staging }>(operations.STAGE, variables);
    if (stageRelease.staged !== (expected === 'staged'))
      throw new Refused(`The staging of ${packageId} ${version} was not ${expected}.`);
    const { checks, findings } = stageRelease.report;
    this.tell(
      expected === 'staged'
        ? `Stage ${packageId} ${version}`
        : `Staging ${packageId} ${version} is refused, with its findings`,
      operations.STAGE,
      variables,
      [
        `event ${await this.lastEvent(packageId)}`,
        ...checks.map(
          ({ check, passed, errorCount }) =>
            `${passed ? 'passed' : 'FAILED'} ${check}${passed ? '' : `, errors: ${String(errorCount)}`}`,
        ),
        ...findings.map(
          ({ severity, rule, path, line, message }) =>
            `${severity} ${rule} ${path ?? ''}${line === null ? '' : `:${String(line)}`} ${message}`,
        ),
        ...(expected === 'staged' ? [`merge commit ${await this.mergeCommit(packageId)}`] : []),
      ],
    );
  }

  async plan(releases: readonly { package: string; version: string }[]): Promise<string> {
    const variables = { releases };
    const { activationPlan } = await this.client.send<{
      activationPlan: { id: string; ok: boolean; affected: readonly string[] };
    }>(operations.PLAN, variables);
    const { id, ok, affected } = activationPlan;
    this.tell('Look at what the activation would do', operations.PLAN, variables, [
      `plan ${id}, ${ok ? 'nothing stands against it' : 'blocked'}; affected: ${affected.join(', ') || 'none'}`,
    ]);
    return id;
  }

  async activate(
    title: string,
    releases: readonly { package: string; version: string }[],
    plan: string,
    reason: string,
  ): Promise<Move> {
    const variables = { input: { releases, reason, plan } };
    const { activateReleases } = await this.client.send<{ activateReleases: { activation: Move } }>(
      operations.ACTIVATE,
      variables,
    );
    await this.tellMove(title, operations.ACTIVATE, variables, activateReleases.activation);
    return activateReleases.activation;
  }

  async rollBackSet(activation: string, reason: string): Promise<void> {
    const variables = { input: { activation, reason } };
    const { rollbackActivation } = await this.client.send<{ rollbackActivation: { activation: Move } }>(
      operations.ROLL_BACK_SET,
      variables,
    );
    await this.tellMove(
      'Roll the whole set back, as a set',
      operations.ROLL_BACK_SET,
      variables,
      rollbackActivation.activation,
    );
  }

  async tag(packageId: string, version: string): Promise<void> {
    const variables = { input: { package: packageId, version } };
    const { tagRelease } = await this.client.send<{ tagRelease: { tag: string } }>(operations.TAG, variables);
    this.tell(`Tag ${packageId} ${version}`, operations.TAG, variables, [
      `event ${await this.lastEvent(packageId)}`,
      `tag ${tagRelease.tag}`,
    ]);
  }

  tell(title: string, query: string, variables: object | undefined, facts: readonly string[]): void {
    this.narrator.tell({ title, query, ...(variables === undefined ? {} : { variables }), facts });
  }

  private async tellMove(title: string, query: string, variables: object, { id, changes }: Move): Promise<void> {
    const [first] = changes;
    this.tell(title, query, variables, [
      `event ${await this.lastEvent(first?.packageId ?? '')}, id ${id}`,
      ...changes.map(
        ({ packageId, fromVersion, toVersion }) => `${packageId} ${fromVersion ?? 'none'} -> ${toVersion ?? 'none'}`,
      ),
      `commit ${await this.commitOf(id)}`,
    ]);
  }

  private async lastEvent(packageId: string): Promise<string> {
    const { auditLog } = await this.client.send<{ auditLog: { nodes: readonly { event: Event }[] } }>(
      operations.LAST_EVENT,
      { package: packageId },
    );
    const event = auditLog.nodes[0]?.event;
    return event === undefined ? 'none' : `${event.type} ${event.stream}@${String(event.revision)}`;
  }

  /** The commit on `main` that a move became; Git follows the log a few milliseconds behind. */
  private commitOf(activation: string): Promise<string> {
    return published(async () => {
      const answer = await this.client.send<{ activation: { commit: string | null } }>(operations.ACTIVATION, {
        id: activation,
      });
      return answer.activation.commit;
    });
  }

  private mergeCommit(packageId: string): Promise<string> {
    return published(async () => {
      const { auditLog } = await this.client.send<{ auditLog: { nodes: readonly { commit: string | null }[] } }>(
        operations.LAST_EVENT,
        { package: packageId },
      );
      return auditLog.nodes[0]?.commit ?? null;
    });
  }
}

async function published(ask: () => Promise<string | null>): Promise<string> {
  for (let waited = 0; waited < PUBLISHED_WITHIN_MS; waited += POLL_MS) {
    const commit = await ask();
    if (commit !== null) return commit;
    await sleep(POLL_MS);
  }
  throw new Refused('Git has not caught up. Look at /readyz.');
}
