import { type DomainEvent, DomainError, type ErrorCode, type EventEnvelope } from '../../src/domain';

/** Who did everything that a story tells. */
export const TOM = { id: 'tom.moseley', name: 'Tom Moseley' };

/** The events of one stream in their places: revision n has the id `event-n` and happened n seconds past noon. */
export function recorded<E extends DomainEvent>(events: readonly E[]): EventEnvelope<E>[] {
  return events.map(
    ({ type, data }, revision) =>
      ({
        stream: 'stream',
        revision,
        type,
        data,
        metadata: {
          eventId: `event-${revision}`,
          occurredAt: new Date(Date.UTC(2026, 2, 1, 12) + revision * 1000).toISOString(),
          actor: TOM,
          commandId: `command-${revision}`,
          commandDigest: '',
          correlationId: '',
          schemaVersion: 1,
          previousHash: null,
          hash: '',
        },
      }) as unknown as EventEnvelope<E>, // the pairing of type and data is the event's own
  );
}

/** The code an act is refused with, and the error itself. */
export function refusalOf(act: () => unknown): DomainError {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

/** `given(events).when(command).then(events)` over a decider; a command may be made from the state it meets. */
export function specification<S, E extends DomainEvent, C extends object>(decider: {
  readonly initial: () => S;
  readonly evolve: (state: S, event: EventEnvelope<E>) => S;
  readonly decide: (command: C, state: S) => readonly E[];
}) {
  const { initial, evolve, decide } = decider;
  const fold = (events: readonly E[]): S => recorded(events).reduce(evolve, initial());
  return {
    fold,
    given: (...events: readonly E[]) => ({
      when: (command: C | ((state: S) => C)) => {
        const act = (): readonly E[] => {
          const state = fold(events);
          return decide(typeof command === 'function' ? command(state) : command, state);
        };
        return {
          then: (...expected: readonly E[]): void => expect(act()).toEqual(expected),
          thenNothing: (): void => expect(act()).toEqual([]),
          refuses: (code: ErrorCode): void => expect(refusalOf(act).code).toBe(code),
        };
      },
    }),
  };
}
