/**
 * About how many steps a linear-time engine makes of a pattern: its characters, with repeats written out. Not a parser:
 * it sees groups, classes, escapes and counted repeats, and is right about patterns that are written as usual.
 */
export function patternSteps(pattern: string): number {
  const groups = [0];
  let last = 0;
  for (const [piece] of pattern.matchAll(PIECES)) {
    if (piece === '(') {
      groups.push(0);
    } else if (piece === ')' && groups.length > 1) {
      last = groups.pop() ?? 0;
      add(last);
    } else if (COUNTED.test(piece)) {
      const [from = 0, to = from] = piece.slice(1, -1).split(',').filter(Boolean).map(Number);
      const repeated = last * Math.max(from, to, 1);
      add(repeated - last);
      last = repeated;
    } else {
      last = piece.startsWith('\\p') || piece.startsWith('\\P') ? UNICODE_CLASS : piece.length > 2 ? piece.length : 1;
      add(last);
    }
  }
  return groups.reduce((sum, steps) => sum + steps, 0);

  function add(steps: number): void {
    groups.push((groups.pop() ?? 0) + steps);
  }
}

const PIECES = /\\[pP]\{[^}]*\}|\\[^]|\[(?:[^\]\\]|\\[^])*\]?|\{\d+(?:,\d*)?\}|[^]/gu;
const COUNTED = /^\{\d+(?:,\d*)?\}$/;
/** A class of some hundreds of ranges. */
const UNICODE_CLASS = 20;
