import { type Application, type CommandContext, type MoveAnswer, type PlanAnswer } from '../../../src/application';
import { type Blocker, DomainError } from '../../../src/domain';
import { changeText, type Move, type Operation, type Outcome, type Plan } from '../operation';
import { filesOf } from './starting-repository';

/** What an operation needs to know beside itself: ids that the model has no use for. */
export interface Known {
  /** The head that a draft had when it was started. */
  readonly firstHeads: Map<string, string>;
  /** Event id of a move by its revision; one that no move has for a revision that there is not. */
  readonly moveId: (revision: number) => string;
}

/** The outcome as the model says it, and the answer itself where it was a move or a plan. */
export interface Called {
  readonly outcome: Outcome;
  readonly move: MoveAnswer | null;
  readonly plan: PlanAnswer | null;
}

const NO_COMMIT = '0'.repeat(40);

/** Calls the use case. What is not a refusal is thrown on. */
export async function call(
  application: Application,
  operation: Operation,
  context: CommandContext,
  known: Known,
): Promise<Called> {
  try {
    return await act(application, operation, context, known);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const blockers = error.data['blockers'] as readonly Blocker[] | undefined; // MoveBlocked alone has them
    const refused = { refused: error.code, ...(blockers === undefined ? {} : { blockers: blockers.map(blockerText) }) };
    return { outcome: refused, move: null, plan: null };
  }
}

async function act(
  application: Application,
  operation: Operation,
  context: CommandContext,
  known: Known,
): Promise<Called> {
  const done = (facts: Readonly<Record<string, unknown>>): Called => ({
    outcome: { done: facts },
    move: null,
    plan: null,
  });
  switch (operation.do) {
    case 'startDraft': {
      const { draft: name, package: id, create, baseVersion } = operation;
      const draft = await application.startDraft({ package: id, name, create, baseVersion }, context);
      known.firstHeads.set(name, draft.head);
      return done(draftFacts(draft));
    }
    case 'saveDraft': {
      const { draft, package: id, text, requires, head } = operation;
      const expectedHead = head === 'first' ? known.firstHeads.get(draft) : null;
      const changes = filesOf(id, { text, requires });
      return done(draftFacts(await application.saveArtifacts({ draft, changes, expectedHead }, context)));
    }
    case 'discardDraft':
      return done(draftFacts(await application.discardChanges({ draft: operation.draft }, context)));
    case 'abandonDraft':
      return done({ abandoned: await application.abandonDraft({ draft: operation.draft }, context) });
    case 'commitDraft': {
      const { draft, message, changeType, version, key } = operation;
      const input = { draft, message, changeType, version, idempotencyKey: key };
      const { packageId, release } = await application.commitDraft(input, context);
      return done({ committed: `${packageId} ${release.version}`, requires: release.requires });
    }
    case 'stageRelease': {
      const { package: id, version, commit, key } = operation;
      const expectedCommit = commit === 'other' ? NO_COMMIT : null;
      const { staged, release, packageId } = await application.stageRelease(
        { package: id, version, expectedCommit, idempotencyKey: key },
        context,
      );
      return done({ staged, release: `${packageId} ${release.version}` });
    }
    case 'tagRelease': {
      const { package: id, version, message, key } = operation;
      const { tag } = await application.tagRelease({ package: id, version, message, idempotencyKey: key }, context);
      return done({ tag });
    }
    case 'plan':
      return planned(await plan(application, operation, known));
    case 'activateReleases':
    case 'rollback':
    case 'rollbackActivation':
    case 'deactivate':
      return moved(await move(application, operation, context, known));
  }
}

function move(application: Application, operation: Move, context: CommandContext, known: Known): Promise<MoveAnswer> {
  const { key: idempotencyKey, reason } = operation;
  const input = { reason, plan: operation.plan?.id ?? null, idempotencyKey };
  switch (operation.do) {
    case 'activateReleases':
      return application.activateReleases({ ...input, releases: operation.releases }, context);
    case 'rollback': {
      const { package: id, fromVersion, toVersion, override } = operation;
      return application.rollback({ ...input, package: id, fromVersion, toVersion, override }, context);
    }
    case 'rollbackActivation': {
      const { override } = operation;
      const activation = known.moveId(operation.move);
      return application.rollbackActivation({ ...input, activation, override }, context);
    }
    case 'deactivate':
      return application.deactivate({ ...input, packages: operation.packages }, context);
  }
}

function plan(application: Application, { of }: Plan, known: Known): Promise<PlanAnswer> {
  switch (of.do) {
    case 'activateReleases':
      return application.planActivation(of.releases);
    case 'rollback':
      return application.planRollback({ package: of.package, toVersion: of.toVersion });
    case 'rollbackActivation':
      return application.planRollbackActivation(known.moveId(of.move));
    case 'deactivate':
      return application.planDeactivation(of.packages);
  }
}

function moved(answer: MoveAnswer): Called {
  const { type, revision, pointer } = answer;
  const { changes, overrides } = answer.move;
  const facts = { move: type, revision, changes: changes.map(changeText), pointer, overrides };
  return { outcome: { done: facts }, move: answer, plan: null };
}

function planned(answer: PlanAnswer): Called {
  const { ok, changes, blockers, remedy, pointer } = answer;
  const facts = {
    ok,
    changes: changes.map(changeText),
    blockers: blockers.map(blockerText),
    remedy: remedy?.length ?? null,
    pointer,
  };
  return { outcome: { done: facts }, move: null, plan: answer };
}

function draftFacts({ id, packageId, baseVersion, dirty }: Awaited<ReturnType<Application['startDraft']>>) {
  return { draft: id, package: packageId, base: baseVersion, dirty };
}

function blockerText({ code, packageId }: Blocker): string {
  return `${code} ${packageId ?? ''}`;
}
