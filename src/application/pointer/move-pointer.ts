import {
  ConcurrentChange,
  decidePointer,
  type ErrorCode,
  MoveBlocked,
  type MovePointer,
  type PackageId,
  type PlannedMove,
  PlanOutdated,
  pointerSnapshot,
  POINTER_STREAM,
  type PointerEvent,
  type PointerMove,
  type PointerState,
  type RecordedEvent,
  activeMap,
} from '../../domain';
import { type MoveAnswer } from '../answers';
import { type Reading } from '../content/content-lock';
import { type Projected } from '../ports';
import { type CommandIdentity } from '../streams/command-identity';
import { type StreamHandler } from '../streams/stream-handler';
import { type Advised } from './advise';
import { requirePlan } from './plan-digest';

export interface Move {
  readonly type: MovePointer['type'];
  readonly identity: CommandIdentity;
  readonly reason: string;
  /** Id of the plan the caller looked at; null when it looked at none. */
  readonly plan: string | null;
  readonly override: readonly ErrorCode[];
  /** Packages the command names: when somebody else moves one of them meanwhile it is not decided again. */
  readonly packages: (state: PointerState) => readonly PackageId[];
  /** The same planning that the dry run does. */
  readonly planOn: (state: PointerState, reading: Reading) => Promise<PlannedMove>;
}

/** Plans on the state of the moment, decides, appends. @throws MoveBlocked, PlanOutdated, ConcurrentChange */
export async function movePointer(
  dependencies: {
    readonly pointer: StreamHandler<PointerState, PointerEvent>;
    readonly projected: Projected;
    readonly advised: Advised;
  },
  move: Move,
): Promise<MoveAnswer> {
  const { pointer, projected, advised } = dependencies;
  const { type, reason, plan: planDigest, override } = move;
  const decide = (plan: PlannedMove) => decidePointer({ type, data: { plan, reason, planDigest, override } });
  const last: { violated: { readonly state: PointerState; readonly plan: PlannedMove } | null } = { violated: null };
  try {
    const { answer, position } = await pointer.handle(POINTER_STREAM, move.identity, {
      decide: async (state) => {
        const plan = await move.planOn(state, 'whole');
        last.violated = plan.violations.length === 0 ? null : { state: pointerSnapshot(state, []), plan };
        const [event] = decide(plan);
        // Only now: what blocks a move says more than that its plan is outdated, which may be because of it.
        requirePlan(plan, move.plan);
        return event;
      },
      entries: (state) => move.packages(state).map((id) => entryOf(state, id)),
      answer: moveAnswer,
    });
    await projected(position);
    return answer;
  } catch (error) {
    // What would help is looked for here, where the moves behind this one do not wait for it.
    if (error instanceof MoveBlocked && last.violated !== null)
      decide(await advised(last.violated.state, last.violated.plan));
    if (error instanceof ConcurrentChange && move.plan !== null) throw new PlanOutdated(move.plan, null);
    throw error;
  }
}

/** What a move of a package depends on: what is active, and what a rollback would go to. */
function entryOf(state: PointerState, id: PackageId): unknown {
  const entry = state.entries.get(id);
  return { id, active: entry?.active?.version ?? null, below: entry?.stack.at(-2) ?? null };
}

function moveAnswer(event: RecordedEvent<PointerEvent> | null, state: PointerState): MoveAnswer {
  if (event === null) throw new TypeError('a pointer move always appends an event');
  const { eventId, occurredAt, actor } = event.metadata;
  return {
    eventId,
    position: event.position,
    revision: event.revision,
    type: event.type,
    occurredAt,
    actor,
    move: event.data as PointerMove, // PointerAdopted is written by adoption alone, never by a command
    pointer: versions(activeMap(state)),
  };
}

/** A map of the pointer as the flat object that the API and the pointer file show, sorted by package id. */
export function versions(
  map: ReadonlyMap<PackageId, { readonly version: string }>,
): Readonly<Record<PackageId, string>> {
  return Object.fromEntries(
    [...map].map(([id, { version }]) => [id, version] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
