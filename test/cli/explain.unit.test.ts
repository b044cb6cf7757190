import { explain } from '../../src/cli/explain';
import { BadConfiguration } from '../../src/server/config';

it('adds the cause of an error, in one line', () => {
  const cause = new Error('disk I/O error\n    at somewhere');
  expect(explain(new Error('The log cannot be read.', { cause }))).toBe('The log cannot be read. (disk I/O error)');
});

it.each([
  ['repeats the message', new Error('Git object 1 cannot be read.'), new Error('object 1 cannot be read.')],
  ['is how a program was called', new Error('There is no such branch.'), new Error('Command failed: git -c a=b')],
  ['was said in our own words', new BadConfiguration('It is a file.'), new Error('EEXIST: mkdir')],
])('leaves a cause out that %s', (_what, error, cause) => {
  error.cause = cause;
  expect(explain(error)).toBe(error.message);
});
