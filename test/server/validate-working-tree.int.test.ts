import { chmodSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../cli/support/run-slipway';
import {
  copyOfExample,
  DISCOVERY,
  exampleText,
  namesOf,
  rulesOf,
  validatorOfFile,
} from '../cli/validate/working-trees';
import { git, gitTest } from '../git/real-git';
import { slipwayOfFile } from './support/running-slipway';

const { next } = scratch();
const validate = validatorOfFile();
const POINTER = '_active/active_releases.json';
const slipway = slipwayOfFile();
let example: string;
beforeAll(() => {
  example = copyOfExample(next('example'));
});

describe('what is looked at', () => {
  it('is what is below the directory, also one inside a release', async () => {
    expect(namesOf(await validate(join(example, 'prompts')))).toEqual([
      'roles/technical_architect 1.0.0',
      'templates/document_generator 1.0.0',
    ]);
    expect(namesOf(await validate(join(example, DISCOVERY)))).toEqual(['project_discovery 1.4.0']);
    expect(namesOf(await validate(join(example, DISCOVERY, 'prompts')))).toEqual(['project_discovery 1.4.0']);
  });

  it('is judged by the whole: what a release needs may stand elsewhere', async () => {
    const part = 'document_types/project_discovery';
    expect(rulesOf(await validate(join(example, part)))).toEqual([]);
    const role = 'prompts/roles/technical_architect/releases/1.0.0/role.prompt.txt';
    const pointer = exampleText(POINTER).replace('  "roles/technical_architect": "1.0.0",\n', '');
    const lonely = copyOfExample(next('lonely'), { [role]: null, [POINTER]: pointer });
    const found = rulesOf(await validate(join(lonely, 'document_types')));
    expect(found.map(([rule]) => rule)).toContain('reference-unresolved');
  });

  it('is what belongs to the packages that are named, and what the pointer names', async () => {
    const packages = ['document_types/project_discovery', 'roles/technical_architect'];
    expect(namesOf(await validate(example, { packages }))).toEqual([
      'project_discovery 1.3.0',
      'project_discovery 1.4.0',
      'roles/technical_architect 1.0.0',
    ]);
    expect(namesOf(await validate(example, { packages, activeOnly: true }))).not.toContain('project_discovery 1.3.0');
  });

  it('is found by the given layout in a repository that does not say its own', async () => {
    const layout = {
      defaultKind: 'roles',
      kinds: { roles: { path: 'prompts/roles/{id}/releases/{version}', manifest: null } },
      pointer: { path: 'p.json', form: 'flat' },
    };
    const unsaid = copyOfExample(next('unsaid'), { 'slipway.yaml': null });
    expect(namesOf(await validate(unsaid, { layout }))).toEqual(['technical_architect 1.0.0']);
    expect(namesOf(await validate(unsaid))).toHaveLength(5);
  });

  gitTest('leaves out what Git ignores, but not what is tracked all the same', async () => {
    const directory = copyOfExample(next('ignoring'), {
      '.gitignore': '*.swp\n/build/\n',
      [`${DISCOVERY}/.package.yaml.swp`]: 'an editor',
      [`${DISCOVERY}/kept.swp`]: 'tracked',
      'build/document_types/x.txt': 'made',
    });
    git(directory, ['init', '--quiet']);
    git(directory, ['add', '-f', `${DISCOVERY}/kept.swp`]);
    expect(rulesOf(await validate(directory))).toEqual([['file-not-named', `${DISCOVERY}/kept.swp`]]);
  });

  it('is never what a link leads to: a release that holds one is none', async () => {
    const directory = copyOfExample(next('links'));
    symlinkSync('/etc/hostname', join(directory, DISCOVERY, 'prompts', 'linked.txt'));
    symlinkSync(directory, join(directory, 'document_types', 'loop'));
    const tree = await validate(directory);
    expect(namesOf(tree)).not.toContain('project_discovery 1.4.0');
    expect(tree.isValid).toBe(false);
    expect(tree.remarks.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'document_types/loop: Is no release and was not validated: is a symbolic link.',
      `${DISCOVERY}: Is no release and was not validated: holds a symbolic link.`,
      '_active/active_releases.json: Names project_discovery 1.4.0, of which there is no release.',
    ]);
  });

  it('is not read where it is too large, and reported where it is in a release', async () => {
    const directory = copyOfExample(next('huge'), { 'elsewhere/video.bin': '', [`${DISCOVERY}/video.bin`]: '' });
    truncateSync(join(directory, 'elsewhere', 'video.bin'), 200 * 1024 * 1024);
    truncateSync(join(directory, DISCOVERY, 'video.bin'), 40 * 1024 * 1024);
    expect(rulesOf(await validate(directory))).toEqual([['limit-exceeded', DISCOVERY]]);
  });

  const asOrdinaryUser = process.getuid?.() === 0 ? it.skip : it;
  asOrdinaryUser('is refused where it cannot be read (skipped for root, who may read everything)', async () => {
    const directory = copyOfExample(next('locked'));
    chmodSync(join(directory, DISCOVERY, 'package.yaml'), 0);
    await expect(validate(directory)).rejects.toThrow(/package\.yaml cannot be read/);
  });
});

it('says of a release what a staging says: the same report, down to its digest', async () => {
  const { stageRelease } = await slipway.ask(
    'mutation { stageRelease(input: { package: "project_discovery", version: "1.3.0" }) { report { digest tree } } }',
  );
  const { report } = stageRelease as { report: { digest: string; tree: string } };
  const { releases } = await validate(example, { packages: ['project_discovery'] });
  const validated = releases.map(({ release }) => release).find(({ version }) => version === '1.3.0');
  expect({ digest: validated?.report.digest, tree: validated?.tree }).toEqual(report);
});

gitTest('gives trees the ids that Git gives them', async () => {
  const directory = copyOfExample(next('ids'), {
    [`${DISCOVERY}/größe.txt`]: 'x',
    [`${DISCOVERY}/run.sh`]: '#!/bin/sh\n',
  });
  chmodSync(join(directory, DISCOVERY, 'run.sh'), 0o755);
  git(directory, ['init', '--quiet']);
  git(directory, ['add', '.']);
  const tree = git(directory, ['write-tree']);
  const { releases } = await validate(directory);
  expect(releases).toHaveLength(7);
  for (const { release } of releases)
    expect(release.tree).toBe(git(directory, ['rev-parse', `${tree}:${release.path}`]));
});
