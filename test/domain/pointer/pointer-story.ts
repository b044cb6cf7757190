import {
  type Activated,
  type ActivationTarget,
  type Blocker,
  type ContentFact,
  type Deactivated,
  decidePointer,
  emptyPointer,
  type ErrorCode,
  evolvePointer,
  type MovePointer,
  planActivation,
  planDeactivation,
  type PlannedMove,
  planRevert,
  planRollback,
  type PointerAdopted,
  type PointerChange,
  type PointerEvent,
  type PointerState,
  type Release,
  type RolledBack,
  type RollbackRequest,
} from '../../../src/domain';
import { specification, TOM } from '../specification';

const REASON = 'because';
const CHANGE = /^(\S+) (\S+) -> (\S+)(?: requires (.+))?$/;

/** `a 1.0.0 -> 1.1.0 requires b, c`; `none` is no version. The tree of a release is `tree-ID-VERSION`. */
export function change(text: string): PointerChange {
  const [, id = '', from, to, requires] = CHANGE.exec(text) ?? [];
  if (id === '') throw new Error(`${text} is no change`);
  return {
    package: id,
    fromVersion: from === 'none' ? null : from!,
    toVersion: to === 'none' ? null : to!,
    tree: to === 'none' ? null : `tree-${id}-${to}`,
    requires: requires?.split(', ') ?? [],
  };
}

function moveOf(changes: readonly string[]): Activated['data'] {
  return { changes: changes.map(change), reason: REASON, planDigest: null, overrides: [] };
}

export function pointerAdopted(...changes: string[]): PointerAdopted {
  return { type: 'PointerAdopted', data: { commit: 'adopted', changes: changes.map(change), origin: null } };
}
export const activated = (...changes: string[]): Activated => ({ type: 'Activated', data: moveOf(changes) });
export const rolledBack = (...changes: string[]): RolledBack => ({ type: 'RolledBack', data: moveOf(changes) });
export const deactivated = (...changes: string[]): Deactivated => ({ type: 'Deactivated', data: moveOf(changes) });

/** A move with the codes of the blockers that were lifted for it. */
export function overriding(event: RolledBack, ...overrides: ErrorCode[]): RolledBack {
  return { ...event, data: { ...event.data, overrides } };
}

/** A staged release to activate: `a 1.1.0 requires b`. Based on `base`, which the draft of every story names. */
export function release(
  text: string,
  base: string | null = null,
  more: Partial<ActivationTarget> = {},
): ActivationTarget {
  const { package: id, toVersion, tree, requires } = change(text.replace(' ', ' none -> '));
  const version = toVersion!;
  const facts = { version, commit: 'c', tree: tree!, requires, displayName: null, message: 'm', changeType: null };
  const staged: Release = {
    ...facts,
    status: 'staged',
    adopted: false,
    baseVersion: base,
    draft: 'draft',
    tag: null,
    committedBy: TOM,
    committedAt: '',
    stagedBy: TOM,
    stagedAt: '',
    rulesetDigest: 'r',
  };
  const ancestors = base === null ? [] : [base];
  return { package: id, version, packageExists: true, release: staged, ancestors, content: 'ok', ...more };
}

type Command = MovePointer & { readonly data: { readonly plan: PlannedMove } };
type Planning = (state: PointerState) => Command;

function command(type: Command['type'], plan: PlannedMove, override: readonly ErrorCode[] = []): Command {
  return { type, data: { plan, reason: REASON, planDigest: null, override } };
}

/** How the content of a rollback's target stands, and what is overridden. */
interface Circumstances {
  readonly content?: ContentFact;
  readonly override?: readonly ErrorCode[];
}

export function activate(...targets: ActivationTarget[]): Planning {
  return (state) => command('Activate', planActivation(state, targets));
}

export function rollBack(id: string, given: Partial<RollbackRequest> & Circumstances = {}): Planning {
  const { content = 'ok', override, ...more } = given;
  const request = { package: id, packageExists: true, fromVersion: null, toVersion: null, ...more };
  return (state) =>
    command(
      'RollBack',
      planRollback(state, request, () => content),
      override,
    );
}

/** Reverts the move at a revision of the story. */
export function revert(revision: number, { content = 'ok', override }: Circumstances = {}): Planning {
  return (state) => {
    const move = state.moves.get(`event-${revision}`);
    return command(
      'RollBack',
      planRevert(state, move!, () => content),
      override,
    );
  };
}

export function deactivate(...ids: string[]): Planning {
  return (state) => {
    const members = ids.map((id) => ({ package: id, packageExists: id !== 'unknown' }));
    return command('Deactivate', planDeactivation(state, members));
  };
}

const pointer = specification<PointerState, PointerEvent, Command>({
  initial: emptyPointer,
  evolve: evolvePointer,
  decide: decidePointer,
});

export const { fold } = pointer;

/** The specification of the pointer, and of what its plans say beside the event. */
export function given(...events: readonly PointerEvent[]) {
  return {
    when: (planning: Planning) => {
      const plan = () => planning(fold(events)).data.plan;
      return {
        ...pointer.given(...events).when(planning),
        /** Every blocker, in order: `CODE package`. */
        isBlockedBy: (...blockers: string[]): void => expect(plan().blockers.map(inShort)).toEqual(blockers),
        warns: (...warnings: string[]): void => expect(plan().warnings.map(inShort)).toEqual(warnings),
        affects: (...ids: string[]): void => expect(plan().affected).toEqual(ids),
        plans: plan,
      };
    },
  };
}

function inShort({ code, packageId }: Blocker): string {
  return `${code} ${packageId ?? 'none'}`;
}
