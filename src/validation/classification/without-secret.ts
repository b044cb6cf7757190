import { type ChangeReason } from '../../domain';
import { canonicalText } from '../canonical-digest';
import { holdsSecret, withoutSecrets } from '../secrets/find-secrets';

/**
 * The same reason without the secrets that its rule was led to quote, wherever they stand. An example that holds one is
 * left out: with another value in its place it would show nothing.
 */
export function withoutSecretIn({ example, ...reason }: ChangeReason): ChangeReason {
  const told = {
    ...reason,
    path: reason.path === null ? null : withoutSecrets(reason.path),
    pointer: reason.pointer === null ? null : pointerWithoutSecrets(reason.pointer),
    message: withoutSecrets(reason.message),
  };
  return example === undefined || holdsSecret(canonicalText(example)) ? told : { ...told, example };
}

/** Escapes of a pointer (RFC 6901) would join the words that they stand between. */
function pointerWithoutSecrets(pointer: string): string {
  return pointer
    .split('/')
    .map((token) => withoutSecrets(token.replaceAll('~1', '/').replaceAll('~0', '~')))
    .map((token) => token.replaceAll('~', '~0').replaceAll('/', '~1'))
    .join('/');
}
