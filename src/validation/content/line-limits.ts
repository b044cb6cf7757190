import { LIMITS } from '../limits';
import { type Problem } from './problem';

/**
 * What is wrong with the number of a text's lines, or with the length of one where `areLimited` says that it matters; null
 * when nothing is. Lines end with a line feed.
 */
export function excessOfLines(text: string, areLimited: boolean): Problem | null {
  let lines = 0;
  for (let start = 0, end = 0; end >= 0; start = end + 1) {
    lines += 1;
    if (lines > LIMITS.lines) return limit(`The file has more than ${LIMITS.lines} lines. Make it smaller.`, null);
    end = text.indexOf('\n', start);
    const length = (end < 0 ? text.length : end) - start;
    if (areLimited && length > LIMITS.lineLength)
      return limit(`The line is longer than ${LIMITS.lineLength} characters. Break it up.`, start);
  }
  return null;
}

function limit(message: string, offset: number | null): Problem {
  return { kind: 'limit', message, offset, pointer: null };
}
