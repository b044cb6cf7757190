import { judgePattern } from '../../../src/validation/schema/linear-pattern';
import { patternSteps } from '../../../src/validation/schema/pattern-steps';

describe('patternSteps', () => {
  it.each([
    ['^[A-Z]', 6],
    ['a{1000}', 1_000],
    ['a{2,}', 2],
    ['a{2}{3}', 6],
    ['(ab){3}c', 7],
    ['((a{10}){10}){10}', 1_000],
    ['(a{1,1000}){1,1000}', 1_000_000],
    ['\\p{L}{10}', 200],
    ['[a{9}]', 6],
    ['a\\{1000}', 7],
    ['a{', 2],
    ['(((a{5}', 5],
    ['', 0],
  ])('counts %j as %d', (pattern, steps) => {
    expect(patternSteps(pattern)).toBe(steps);
  });
});

describe('judgePattern', () => {
  it.each([
    ['^(a+)+$', 'linear'],
    ['^[a-z0-9_-]{1,64}(@[a-z]{1,255})?$', 'linear'],
    ['(?=a)b', 'backtracking'],
    ['(a)\\1', 'backtracking'],
    ['(?<n>a)\\k<n>', 'backtracking'],
    ['a\\\\k<n>', 'linear'],
    ['(a{1,1000}){1,1000}', 'backtracking'],
    ['(', 'invalid'],
  ])('takes %j for %s', (pattern, verdict) => {
    expect(judgePattern(pattern)).toBe(verdict);
  });
});
