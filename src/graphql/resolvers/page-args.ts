import { BadUserInput } from '../../domain';
import { type PageRequest } from '../../projections';
import { type Optional } from './optional';

const MAX_FIRST = 200;

/** Options of the argument `after` of a list. */
export const AFTER = { nullable: true, description: 'Cursor of the item to continue behind.' };

/** Options of the argument `first` of a list. */
export function first(defaultValue: number) {
  return { nullable: true, defaultValue, description: `How many items, 1 to ${String(MAX_FIRST)}.` };
}

/** The page that the arguments ask for. An explicit null counts as left out. @throws BadUserInput */
export function pageOf(first: Optional<number>, defaultFirst: number, after?: Optional<string>): PageRequest {
  const wanted = first ?? defaultFirst;
  if (wanted >= 1 && wanted <= MAX_FIRST) return { first: wanted, after };
  throw new BadUserInput('first', `must be 1 to ${String(MAX_FIRST)}, not ${String(wanted)}. Continue with after.`);
}
