import { DEFAULT_LAYOUT } from '../../../src/domain';
import {
  detectLayout,
  findReleases,
  LayoutInvalid,
  LayoutUndecidable,
  type ListedEntry,
  parseLayout,
  releasePath,
} from '../../../src/git';

const OID = 'a'.repeat(40);
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** A listing with these files and all directories on their way. */
function listing(...files: string[]): ListedEntry[] {
  const directories = new Set<string>();
  for (const file of files) {
    const parts = file.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) directories.add(parts.slice(0, depth).join('/'));
  }
  return [
    ...[...directories].map((path) => ({ path, mode: '040000' as const, oid: OID })),
    ...files.map((path) => ({ path, mode: '100644' as const, oid: OID })),
  ];
}

const written = {
  defaultKind: 'document_types',
  kinds: {
    document_types: {
      path: 'document_types/{id}/releases/{version}',
      manifest: { file: 'package.yaml', id: 'doc_type_id', version: 'version' },
    },
    roles: { path: 'prompts/roles/{id}/releases/{version}', manifest: null },
  },
  pointer: { path: '_active/active_releases.json', form: 'sectioned' },
};

describe('a layout that was written down', () => {
  test('is taken as it stands', () => {
    expect(parseLayout(written)).toEqual(written);
  });

  test('may leave out a manifest and its keys', () => {
    const kinds = {
      document_types: { path: 'd/{id}/{version}', manifest: { file: 'm.yaml' } },
      roles: { path: 'r/{id}/{version}' },
    };
    expect(parseLayout({ ...written, kinds }).kinds).toEqual({
      document_types: { path: 'd/{id}/{version}', manifest: { file: 'm.yaml', id: null, version: null } },
      roles: { path: 'r/{id}/{version}', manifest: null },
    });
  });

  const withPath = (path: unknown) => ({ ...written, kinds: { ...written.kinds, roles: { path, manifest: null } } });
  test.each([
    ['no mapping', 'flat', 'layout'],
    ['an unknown key', { ...written, colour: 'red' }, 'layout.colour'],
    ['no kinds', { ...written, kinds: {} }, 'layout.kinds'],
    ['a kind out of grammar', { ...written, kinds: { 'Document Types': {} } }, 'layout.kinds.Document Types'],
    ['a default kind that is none', { ...written, defaultKind: 'templates' }, 'layout.defaultKind'],
    ['an unknown form', { ...written, pointer: { path: 'p.json', form: 'deep' } }, 'layout.pointer.form'],
    ['a pointer outside', { ...written, pointer: { path: '../p.json', form: 'flat' } }, 'layout.pointer.path'],
    ['no path', withPath(undefined), 'layout.kinds.roles.path'],
    ['a path without version', withPath('roles/{id}'), 'layout.kinds.roles.path'],
    ['a path with two ids', withPath('roles/{id}/{id}/{version}'), 'layout.kinds.roles.path'],
    ['a placeholder inside a component', withPath('roles/x-{id}/{version}'), 'layout.kinds.roles.path'],
    ['an absolute path', withPath('/roles/{id}/{version}'), 'layout.kinds.roles.path'],
    ['a trailing slash', withPath('roles/{id}/{version}/'), 'layout.kinds.roles.path'],
    ['a path upwards', withPath('roles/../{id}/{version}'), 'layout.kinds.roles.path'],
    ['a path into .git', withPath('.GIT/{id}/{version}'), 'layout.kinds.roles.path'],
    ['a backslash', withPath('roles\\{id}/{version}'), 'layout.kinds.roles.path'],
    ['the place of another kind', withPath('document_types/{id}/releases/{version}'), 'layout.kinds.roles.path'],
    [
      'a place inside another kind',
      withPath('document_types/{id}/releases/1.0.0/{version}/{id}'),
      'layout.kinds.roles.path',
    ],
    ['the place of the pointer file', withPath('_active/{id}/{version}'), 'layout.kinds.roles.path'],
  ])('is refused with %s', (_, value, field) => {
    expect(() => parseLayout(value)).toThrow(LayoutInvalid);
    expect(() => parseLayout(value)).toThrow(expect.objectContaining({ field }) as Error);
  });
});

describe('finding the layout of a repository', () => {
  const entries = listing(
    'document_types/epic/releases/1.0.0/package.yaml',
    'schemas/epic/releases/1.0.0/schema.json',
    'schemas/intake/releases/1.0.0/schema.json',
    'prompts/roles/architect/releases/1.0.0/prompt.md',
  );
  const pointerFile = bytes({
    $schema: 'x',
    document_types: { epic: '1.0.0', gone: '9.0.0' },
    roles: { architect: '1.0.0' },
    schemas: { epic: '1.0.0', intake: '1.0.0' },
  });

  test('slipway.yaml wins over a given file, and both over what the directories show', () => {
    const other = { ...written, defaultKind: 'roles' };
    expect(detectLayout({ entries, pointerFile, declared: written, given: other })).toEqual(written);
    expect(detectLayout({ entries, pointerFile, given: other })).toEqual(other);
  });

  test('each section is where all its releases are, by preference under its own name', () => {
    expect(detectLayout({ entries, pointerFile })).toEqual({
      defaultKind: 'document_types',
      kinds: {
        document_types: {
          path: 'document_types/{id}/releases/{version}',
          manifest: { file: 'package.yaml', id: 'doc_type_id', version: 'version' },
        },
        roles: { path: 'prompts/roles/{id}/releases/{version}', manifest: null },
        schemas: { path: 'schemas/{id}/releases/{version}', manifest: null },
      },
      pointer: { path: '_active/active_releases.json', form: 'sectioned' },
    });
  });

  test('a flat pointer file, or none, is a repository of document types', () => {
    expect(detectLayout({ entries, pointerFile: bytes({ epic: '1.0.0', _comment: {} }) })).toEqual(DEFAULT_LAYOUT);
    expect(detectLayout({ entries, pointerFile: null })).toEqual(DEFAULT_LAYOUT);
  });

  test('a section without a release takes the directory of its name, else one at the root', () => {
    const found = detectLayout({ entries, pointerFile: bytes({ roles: {}, tasks: { x: '1.0.0' } }) });
    expect(found.defaultKind).toBe('roles');
    expect(found.kinds).toEqual({
      roles: { path: 'prompts/roles/{id}/releases/{version}', manifest: null },
      tasks: { path: 'tasks/{id}/releases/{version}', manifest: null },
    });
  });

  test('what cannot be decided is refused with the candidates', () => {
    const twice = listing('a/roles/x/releases/1.0.0/f', 'b/roles/x/releases/1.0.0/f', 'c/y/releases/1.0.0/f');
    const candidates = ['a/roles/{id}/releases/{version}', 'b/roles/{id}/releases/{version}'];
    expect(() => detectLayout({ entries: twice, pointerFile: bytes({ roles: { x: '1.0.0' } }) })).toThrow(
      expect.objectContaining({ name: 'LayoutUndecidable', section: 'roles', candidates }) as Error,
    );
    const scattered = bytes({ roles: { x: '1.0.0', y: '1.0.0' } });
    expect(() => detectLayout({ entries: twice, pointerFile: scattered })).toThrow(LayoutUndecidable);
  });

  test('two sections that would share a directory are refused', () => {
    const shared = bytes({ one: { epic: '1.0.0', intake: '1.0.0' }, two: { intake: '1.0.0' } });
    expect(() => detectLayout({ entries, pointerFile: shared })).toThrow(LayoutInvalid);
  });
});

describe('finding the releases of a tree', () => {
  test('each directory at the place of a release is one, or is listed with what is wrong', () => {
    const found = findReleases(
      listing(
        'document_types/epic/releases/1.0.0/package.yaml',
        'document_types/epic/releases/v2/package.yaml',
        'document_types/Epic/releases/1.0.0/package.yaml',
        'document_types/v1.0.0/releases/1.0.0/package.yaml',
        'document_types/epic/releases/README.md',
        'document_types/epic/drafts/1.0.0/package.yaml',
        'prompts/roles/architect/releases/1.0.0-rc.1/deep/prompt.md',
      ),
      parseLayout(written),
    );
    const role = { package: 'roles/architect', kind: 'roles', name: 'architect', version: '1.0.0-rc.1', tree: OID };
    expect(found.releases).toEqual([
      {
        package: 'epic',
        kind: 'document_types',
        name: 'epic',
        version: '1.0.0',
        path: 'document_types/epic/releases/1.0.0',
        tree: OID,
      },
      { ...role, path: 'prompts/roles/architect/releases/1.0.0-rc.1' },
    ]);
    expect(found.notAdopted).toEqual([
      { path: 'document_types/epic/releases/v2', why: expect.stringContaining('such as 1.4.0') as string },
      { path: 'document_types/Epic/releases/1.0.0', why: expect.stringContaining('lower-case letters') as string },
      { path: 'document_types/v1.0.0/releases/1.0.0', why: expect.stringContaining('lower-case letters') as string },
    ]);
  });

  test('a directory that holds a link, a submodule, an odd name or no file is listed as no release', () => {
    const under = 'document_types/epic/releases';
    const entry = (path: string, mode: ListedEntry['mode']) => ({ path, mode, oid: OID });
    const found = findReleases(
      [
        ...listing(`${under}/1.0.0/a/b`, `${under}/2.0.0/f`, `${under}/3.0.0/caf\udce9`, `${under}/5.0.0/f`),
        entry(`${under}/1.0.0/a/link`, '120000'),
        entry(`${under}/2.0.0/module`, '160000'),
        entry(`${under}/4.0.0`, '040000'),
        entry(`${under}/6.0.0`, '120000'),
        entry(`${under}/latest`, '120000'),
        entry('document_types/module', '160000'),
        entry('prompts/roles', '120000'),
        entry('shortcut', '120000'),
      ],
      parseLayout(written),
    );
    expect(found.releases.map(({ version }) => version)).toEqual(['5.0.0']);
    expect(found.notAdopted).toEqual([
      { path: `${under}/1.0.0`, why: 'holds a symbolic link' },
      { path: `${under}/2.0.0`, why: 'holds a submodule' },
      { path: `${under}/3.0.0`, why: 'holds a name that is not UTF-8' },
      { path: `${under}/4.0.0`, why: 'holds no file' },
      { path: `${under}/6.0.0`, why: 'is a symbolic link' },
      { path: 'document_types/module', why: 'is a submodule' },
      { path: 'prompts/roles', why: 'is a symbolic link' },
    ]);
  });

  test('a package of an unknown kind has no place, whatever objects inherit', () => {
    const layout = parseLayout(written);
    expect(releasePath(layout, 'roles/architect', '1.0.0')).toBe('prompts/roles/architect/releases/1.0.0');
    expect(releasePath(layout, 'constructor/architect', '1.0.0')).toBeNull();
  });
});
