import { BadUserInput } from '../../domain';
import { type CommandContext } from '../command-context';
import { optionalIdempotencyKey } from '../input/require-fields';

/** What makes a client's retry recognisable. */
export interface CommandIdentity {
  /** Name of the operation, for example `activateReleases`. */
  readonly operation: string;
  /** The whole input without its idempotency key, as JSON sees it: a field left out and an undefined one are the same. */
  readonly input: unknown;
  readonly idempotencyKey: string | null;
  readonly context: CommandContext;
}

/** @throws BadUserInput for a malformed idempotency key, and for a text that is no Unicode: it has no digest. */
export function commandIdentity(
  operation: string,
  input: object & { readonly idempotencyKey?: string | null | undefined },
  context: CommandContext,
): CommandIdentity {
  const { idempotencyKey, ...rest } = input;
  return {
    operation,
    input: JSON.parse(JSON.stringify(rest), requireUnicode) as unknown,
    idempotencyKey: optionalIdempotencyKey(idempotencyKey),
    context,
  };
}

function requireUnicode(field: string, value: unknown): unknown {
  if (typeof value !== 'string' || !/\p{Cs}/u.test(value)) return value;
  throw new BadUserInput(field, 'holds half a character (a lone surrogate). Send it as valid Unicode.');
}
