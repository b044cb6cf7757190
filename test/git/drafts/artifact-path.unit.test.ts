import { requireArtifactPath } from '../../../src/git';
import { REFUSED_PATHS } from './refused-paths';

test.each(REFUSED_PATHS)('the path %j is refused (%s)', (path) => {
  expect(() => requireArtifactPath(path, 'changes[0].path')).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', data: { field: 'changes[0].path' } }) as Error,
  );
});

test.each([
  'package.yaml',
  'schemas/deep/er/output.schema.json',
  '.gitkeep',
  '.hidden/file',
  'a..b',
  'With Space (1).md',
  'console.md',
  'com10/auxiliary.txt',
  'context.con',
  'x'.repeat(240),
])('the path %j is accepted', (path) => {
  expect(() => requireArtifactPath(path, 'path')).not.toThrow();
});
