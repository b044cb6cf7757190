import { LIMITS } from '../limits';
import { type FileFormat } from './file-format';
import { type Problem } from './problem';

/** What is wrong with the number or the length of a text's lines; null when nothing is. Lines end with a line feed. */
export function excessOfLines(text: string, format: FileFormat): Problem | null {
  let lines = 0;
  for (let start = 0, end = 0; end >= 0; start = end + 1) {
    lines += 1;
    if (lines > LIMITS.lines) return limit(`The file has more than ${LIMITS.lines} lines. Make it smaller.`, null);
    end = text.indexOf('\n', start);
    const length = (end < 0 ? text.length : end) - start;
    if (format !== 'json' && length > LIMITS.lineLength)
      return limit(`The line is longer than ${LIMITS.lineLength} characters. Break it up.`, start);
  }
  return null;
}

function limit(message: string, offset: number | null): Problem {
  return { kind: 'limit', message, offset, pointer: null };
}
