import {
  BadUserInput,
  type ErrorCode,
  type Layout,
  OVERRIDABLE,
  type PackageEvent,
  type PackageId,
  type PackageState,
  planActivation,
  planDeactivation,
  type PlannedMove,
  planRevert,
  planRollback,
  pointerSnapshot,
  POINTER_STREAM,
  type PointerEvent,
  type PointerState,
  rollbackTarget,
} from '../../domain';
import { type PlanAnswer } from '../answers';
import { type RequireAdopted } from '../adoption/require-adopted';
import { type Application, type ReleaseRef, type RollbackInput } from '../application';
import { type CommandContext } from '../command-context';
import { type ContentLock, type Reading } from '../content/content-lock';
import { optionalVersion, requirePackageId, requireReason, requireVersion } from '../input/require-fields';
import { type Projected } from '../ports';
import { commandIdentity } from '../streams/command-identity';
import { type StreamHandler } from '../streams/stream-handler';
import { type Catalog } from '../releases/catalog';
import { createAdviser } from './advise';
import { activationTarget, contentOf, packageExists } from './gather-facts';
import { type Move, movePointer, versions } from './move-pointer';
import { pinnedVersions } from './pinned-versions';
import { planDigest } from './plan-digest';
import { type ReadPins } from './read-pins';
import { rulesChanged, type RulesetInForce } from './rules-changed';

const MAX_SET = 1000;

/** Reads what a move is about, by the layout in force: it says how package ids are written. */
type Planning = (layout: Layout) => Pick<Move, 'packages' | 'planOn'>;

type RollbackTarget = Pick<RollbackInput, 'package' | 'fromVersion' | 'toVersion'>;

type PointerUseCases = Pick<
  Application,
  | 'activateReleases'
  | 'rollback'
  | 'rollbackActivation'
  | 'deactivate'
  | 'planActivation'
  | 'planRollback'
  | 'planRollbackActivation'
  | 'planDeactivation'
>;

/** Moving the pointer, and the dry runs that share every line of planning with the moves. */
export function createPointerUseCases(dependencies: {
  readonly pointer: StreamHandler<PointerState, PointerEvent>;
  readonly packages: StreamHandler<PackageState, PackageEvent>;
  readonly contentLock: ContentLock;
  readonly catalog: Pick<Catalog, 'lockedReleases' | 'releases' | 'committed'>;
  readonly readPins: ReadPins;
  readonly rulesetInForce: RulesetInForce;
  readonly projected: Projected;
  readonly requireAdopted: RequireAdopted;
}): PointerUseCases {
  const { pointer, requireAdopted } = dependencies;
  const advised = createAdviser(dependencies);

  const activation = (releases: readonly ReleaseRef[]) => (layout: Layout) => {
    const refs = requireSet('releases', releases, (ref, field) => ({
      package: requirePackageId(`${field}.package`, ref.package, layout),
      version: requireVersion(`${field}.version`, ref.version),
    }));
    requireDistinct(
      'releases',
      refs.map((ref) => ref.package),
    );
    return {
      packages: () => refs.map((ref) => ref.package),
      planOn: async (state: PointerState, reading: Reading) => {
        const targets = [];
        for (const ref of refs) targets.push(await activationTarget(dependencies, ref, reading));
        return planActivation(state, targets);
      },
    };
  };

  const rollback = (input: RollbackTarget) => (layout: Layout) => {
    const id = requirePackageId('package', input.package, layout);
    const fromVersion = optionalVersion('fromVersion', input.fromVersion);
    const toVersion = optionalVersion('toVersion', input.toVersion);
    return {
      packages: () => [id],
      planOn: async (state: PointerState, reading: Reading) => {
        const entry = state.entries.get(id);
        const target = entry?.everActive.get(rollbackTarget(entry, toVersion) ?? '');
        const targets = target === undefined ? [] : [{ package: id, ...target }];
        const content = await contentOf(dependencies, targets, reading);
        const exists = entry !== undefined || (await packageExists(dependencies, id));
        return planRollback(state, { package: id, packageExists: exists, fromVersion, toVersion }, content);
      },
    };
  };

  const revert = (eventId: string) => () => ({
    packages: (state: PointerState) => pastActivation(state, eventId).changes.map((change) => change.package),
    planOn: async (state: PointerState, reading: Reading) => {
      const move = pastActivation(state, eventId);
      const targets = move.changes.flatMap(({ package: id, fromVersion }) => {
        const release = state.entries.get(id)?.everActive.get(fromVersion ?? '');
        return release === undefined ? [] : [{ package: id, ...release }];
      });
      return planRevert(state, move, await contentOf(dependencies, targets, reading));
    },
  });

  const deactivation = (packages: readonly string[]) => (layout: Layout) => {
    const ids = requireSet('packages', packages, (id, field) => requirePackageId(field, id, layout));
    requireDistinct('packages', ids);
    return {
      packages: () => ids,
      planOn: async (state: PointerState) => {
        const members = [];
        for (const id of ids) {
          const exists = state.entries.has(id) || (await packageExists(dependencies, id));
          members.push({ package: id, packageExists: exists });
        }
        return planDeactivation(state, members);
      },
    };
  };

  const act = async (
    type: Move['type'],
    operation: string,
    planning: Planning,
    input: {
      readonly reason: string;
      readonly plan?: string | null;
      readonly override?: readonly ErrorCode[] | null;
      readonly idempotencyKey?: string | null;
    },
    context: CommandContext,
  ) => {
    const reason = requireReason(input.reason);
    const { layout } = await requireAdopted();
    // Before the identity: what is wrong with an id is told with its whole place in the input.
    const planned = planning(layout);
    const identity = commandIdentity(operation, input, context);
    return movePointer(
      { ...dependencies, advised },
      {
        type,
        identity,
        reason,
        plan: input.plan ?? null,
        override: requireOverridable(input.override ?? []),
        ...planned,
      },
    );
  };

  // Beside the queue of the moves: nobody who only looks may keep a rollback waiting.
  const dryRun = async (planning: Planning): Promise<PlanAnswer> => {
    const { layout } = await requireAdopted();
    const { packages, planOn } = planning(layout);
    const now = await pointer.inspect(POINTER_STREAM, (state) => pointerSnapshot(state, packages(state)));
    const plan = await advised(now, await planOn(now, 'remembered'));
    const changed = await rulesChanged(dependencies, plan);
    const pinned = await pinnedVersions(dependencies, layout, now, plan);
    return planAnswer({ ...plan, warnings: [...plan.warnings, ...changed, ...pinned] });
  };

  return {
    activateReleases: async (input, context) =>
      act('Activate', 'activateReleases', activation(input.releases), input, context),
    rollback: async (input, context) => act('RollBack', 'rollback', rollback(input), input, context),
    rollbackActivation: async (input, context) =>
      act('RollBack', 'rollbackActivation', revert(input.activation), input, context),
    deactivate: async (input, context) => act('Deactivate', 'deactivate', deactivation(input.packages), input, context),
    planActivation: async (releases) => dryRun(activation(releases)),
    planRollback: async (input) => dryRun(rollback(input)),
    planRollbackActivation: async (eventId) => dryRun(revert(eventId)),
    planDeactivation: async (packages) => dryRun(deactivation(packages)),
  };
}

function planAnswer(plan: PlannedMove): PlanAnswer {
  const { changes, blockers, remedy, warnings, affected, map } = plan;
  return {
    id: planDigest(plan),
    ok: blockers.length === 0,
    changes,
    blockers,
    remedy,
    warnings,
    affected,
    pointer: versions(map),
  };
}

function pastActivation(state: PointerState, eventId: string) {
  const move = state.moves.get(eventId);
  if (move === undefined)
    throw new BadUserInput('activation', 'names no move of the pointer. Query activations to see them.');
  if (move.type !== 'Activated')
    throw new BadUserInput('activation', 'is not an activation; only an ACTIVATED move can be reverted as a set.');
  return move;
}

function requireSet<T, R>(field: string, items: readonly T[], check: (item: T, field: string) => R): readonly R[] {
  if (items.length === 0) throw new BadUserInput(field, 'is empty. Name at least one.');
  if (items.length > MAX_SET)
    throw new BadUserInput(field, `names ${String(items.length)}; at most ${String(MAX_SET)} are allowed.`);
  return items.map((item, index) => check(item, `${field}[${String(index)}]`));
}

function requireDistinct(field: string, ids: readonly PackageId[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new BadUserInput(field, `names ${twice} twice.`);
}

function requireOverridable(codes: readonly ErrorCode[]): readonly ErrorCode[] {
  const wrong = codes.find((code) => !OVERRIDABLE.includes(code));
  if (wrong === undefined) return codes;
  throw new BadUserInput('override', `${wrong} cannot be overridden. Only ${OVERRIDABLE.join(' and ')} can.`);
}
