import { RefUnavailable } from '../errors';

/**
 * The rules of `git check-ref-format`, for full names only.
 *
 * @throws RefUnavailable
 */
export function checkRefName(ref: string): void {
  const parts = ref.split('/');
  const good =
    parts[0] === 'refs' &&
    parts.length > 1 &&
    parts.every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.') && !part.endsWith('.lock')) &&
    !/\.\.|@\{|[\s~^:?*[\\]|\p{Cc}|\p{Surrogate}/u.test(ref);
  if (!good) throw new RefUnavailable(ref, 'it is not a name that Git allows below refs/.');
}
