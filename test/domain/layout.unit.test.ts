import { DEFAULT_LAYOUT, releaseDirectory } from '../../src/domain';

it('finds the directory of a release by the pattern of its kind', () => {
  const { document_types: kind } = DEFAULT_LAYOUT.kinds;
  expect(releaseDirectory(kind!, 'project_discovery', '1.5.0')).toBe('document_types/project_discovery/releases/1.5.0');
  expect(releaseDirectory({ path: 'x/{id}/{id}-{version}', manifest: null }, 'a', '1.0.0')).toBe('x/a/a-1.0.0');
});
