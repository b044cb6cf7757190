import { v5 as uuidv5 } from 'uuid';
import { canonicalJson } from './canonical-json';

/** Namespace of every name-based id of Slipway. Stored ids derive from it: it never changes. */
export const SLIPWAY_NAMESPACE = 'b66bdd90-ce02-5fb2-8be3-cf3fe86e5398';

/** Id of an adoption event: a function of its place, so that an interrupted adoption run again writes the same events. */
export function adoptionEventId(adoptedCommit: string, stream: string, revision: number): string {
  return uuidv5(`${adoptedCommit}/${stream}/${revision}`, SLIPWAY_NAMESPACE);
}

/**
 * Id of a command. With an idempotency key it is the same for every retry by this actor of this operation; without one
 * it is what `randomId` gives, a random UUID.
 */
export function commandIdOf(
  actorId: string,
  operation: string,
  idempotencyKey: string | null,
  randomId: () => string,
): string {
  if (idempotencyKey === null) return randomId();
  return uuidv5(canonicalJson([actorId, operation, idempotencyKey]), SLIPWAY_NAMESPACE);
}
