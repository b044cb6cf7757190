import { type Followed } from '../../schema/follow-path';
import { quote } from '../finding';

const MOST_NAMES = 8;

/** What a path that leads to nothing stumbles over, for a message: `there is no x, only a, b`. */
export function whatIsMissing({ token, known }: Extract<Followed, { to: 'nothing' }>): string {
  if (known.length === 0) return `there is no ${quote(token)}: what is there has no parts`;
  const shown = known.slice(0, MOST_NAMES).map((name) => quote(name));
  const more = known.length > MOST_NAMES ? ` and ${String(known.length - MOST_NAMES)} more` : '';
  return `there is no ${quote(token)}, only ${shown.join(', ')}${more}`;
}
