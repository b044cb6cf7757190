import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type PackageId, type Version } from '../../src/domain';
import {
  findReleases,
  kindLayout,
  listEntries,
  parseLayout,
  readPointerFile,
  readReleaseFiles,
  type ReleaseFile,
  writeRootCommit,
} from '../../src/git';
import { initGitRepository } from '../../src/git/isomorphic/isomorphic-repository';
import { BUNDLED_EXAMPLE } from '../../src/server/config';
import { type PlannedMap, type ValidationEngine, type ValidationRequest } from '../../src/validation';
import { engineFromSource } from '../validation/support/engine-from-source';

const SERVICE = { name: 'Slipway', email: 'service@slipway.invalid' };

describe('the bundled example', () => {
  let directory: string;
  let engine: ValidationEngine;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'slipway-example-'));
    engine = engineFromSource();
  });
  afterAll(async () => {
    await engine.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('has releases that pass every check, each without a warning', async () => {
    const requests = await everyRelease();
    const reports = await Promise.all(requests.map((request) => engine.validate(request)));

    expect(requests.map(({ package: id, version }) => `${id} ${String(version)}`).sort()).toEqual([
      'implementation_plan 1.0.0',
      'primary_implementation_plan 1.0.0',
      'project_discovery 1.3.0',
      'project_discovery 1.4.0',
      'roles/technical_architect 1.0.0',
      'technical_architecture 1.0.0',
      'templates/document_generator 1.0.0',
    ]);
    expect(reports.flatMap(({ findings }, at) => findings.map((finding) => [requests[at]?.package, finding]))).toEqual(
      [],
    );
    expect(reports.every(({ valid }) => valid)).toBe(true);
  });

  /** Every release as it would be staged on the example's own pointer. */
  async function everyRelease(): Promise<ValidationRequest[]> {
    const { objects } = await initGitRepository({ gitdir: join(directory, 'repository.git') });
    const files = await filesOf(BUNDLED_EXAMPLE);
    const layout = parseLayout(await declaredLayout(files));
    const pointerPath = layout.pointer.path;
    const root = await writeRootCommit(objects, { files, pointerPath, serviceIdentity: SERVICE });
    const { releases, notAdopted } = findReleases(
      await listEntries(objects, (await objects.readCommit(root)).tree),
      layout,
    );
    expect(notAdopted).toEqual([]);

    const found = await Promise.all(
      releases.map(async (release) => {
        const manifest = kindLayout(layout, release.kind)?.manifest ?? null;
        const contents = await readReleaseFiles(objects, release.tree);
        const bytes = contents.find(({ path }) => path === manifest?.file)?.bytes;
        const requires =
          manifest === null || bytes === undefined ? [] : (await engine.readManifest(bytes, manifest)).requires;
        return { ...release, manifest, files: contents, requires };
      }),
    );
    const pointer = readPointerFile(fileAt(files, pointerPath), layout);
    expect(pointer.ignored).toEqual([]);
    const versions: Record<PackageId, Version[]> = {};
    for (const { package: id, version } of found) (versions[id] ??= []).push(version);
    const active = Object.fromEntries(
      [...pointer.entries].map(([id, version]) => {
        const release = found.find((each) => each.package === id && each.version === version);
        if (release === undefined) throw new Error(`The pointer names ${id} ${version}, which has no directory.`);
        return [id, { version, requires: release.requires }] as const;
      }),
    );
    return found.map(({ package: id, kind, version, tree, files: contents, manifest, requires }) => {
      const map: PlannedMap = {
        defaultKind: layout.defaultKind,
        active: { ...active, [id]: { version, requires } },
        releases: versions,
        committed: {},
      };
      const policy = fileAt(files, 'slipway.yaml');
      const validatedAt = '2026-03-01T10:00:00.000Z';
      return { package: id, kind, version, tree, files: contents, manifest, map, policy, validatedAt };
    });
  }

  async function declaredLayout(files: readonly ReleaseFile[]): Promise<unknown> {
    const read = await engine.readYaml(fileAt(files, 'slipway.yaml'));
    if (!read.ok) throw new Error(read.message);
    return (read.value as { readonly layout: unknown }).layout; // what it holds, parseLayout says
  }
});

function fileAt(files: readonly ReleaseFile[], path: string): Uint8Array {
  const file = files.find((each) => each.path === path);
  if (file === undefined) throw new Error(`The example has no ${path}.`);
  return file.bytes;
}

async function filesOf(root: string): Promise<readonly ReleaseFile[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path: relative(root, path), bytes: await readFile(path) })));
}
