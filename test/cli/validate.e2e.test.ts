import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { git, gitTest } from '../git/real-git';
import { COMPILING_MS, type Ran, scratch, slipway } from './support/run-slipway';
import { BROKEN, copyOfExample, DISCOVERY, exampleText } from './support/working-trees';

const { next } = scratch();
const CHECKOUT = join(__dirname, '..', '..');
const PLAN = 'document_types/implementation_plan/releases/1.0.0';
const ODD = `${DISCOVERY}/notes, 100%: old.txt`;

interface Report {
  readonly format: number;
  readonly valid: boolean;
  readonly errorCount: number;
  readonly warningCount: number;
  readonly releases: readonly {
    readonly package: string;
    readonly version: string;
    readonly active: boolean;
    readonly path: string;
    readonly tree: string;
    readonly report: { readonly findings: readonly { readonly rule: string; readonly path: string | null }[] };
  }[];
  readonly remarks: readonly { readonly path: string; readonly message: string }[];
}

let clean: string;
let broken: string;
beforeAll(() => slipway(['--help']), COMPILING_MS);
beforeAll(() => {
  clean = copyOfExample(next('clean'));
  broken = copyOfExample(next('broken'), BROKEN);
});

const validate = (directory: string, ...args: readonly string[]): Promise<Ran> =>
  slipway(['validate', directory, ...args]);
const reportOf = async (directory: string, ...args: readonly string[]): Promise<Report> =>
  JSON.parse((await validate(directory, '--json', ...args)).stdout) as Report;
const releasesOf = async (directory: string, ...args: readonly string[]): Promise<readonly string[]> =>
  (await reportOf(directory, ...args)).releases.map((release) => `${release.package} ${release.version}`);

describe('what it prints', () => {
  it('says that nothing is wrong, in one line', async () => {
    expect(await validate(clean)).toEqual({ code: 0, stdout: '7 releases, 0 errors, 0 warnings.\n', stderr: '' });
    expect(await validate('examples/config')).toMatchObject({ code: 0, stderr: '' });
  });

  it('names each finding by path, line and column, below its release', async () => {
    const { code, stdout, stderr } = await slipway(['validate', 'broken'], { cwd: join(broken, '..') }).then((ran) =>
      ran.code === 2 ? validate(broken) : ran,
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const way = relative(CHECKOUT, broken);
    expect(stdout.split('\n')).toEqual([
      'implementation_plan 1.0.0 (active)',
      expect.stringMatching(
        new RegExp(`^${way}/${PLAN}/schemas/output.schema.json:1:\\d+ error schema-not-valid .+`),
      ) as string,
      '',
      'project_discovery 1.4.0 (active)',
      `${way}/${DISCOVERY}/package.yaml:2:1 error manifest-key-missing Add the key \`display_name\`.`,
      `${way}/${ODD} warning file-not-named Name the file in the manifest, or delete it.`,
      '',
      '7 releases, 2 errors, 1 warning.',
      '',
    ]);
  });

  it('shows paths as they are seen from where it runs', async () => {
    const { stdout } = await slipway(['validate', '.'], { cwd: broken });
    expect(stdout).toContain(`\n${DISCOVERY}/package.yaml:2:1 error `);
    const below = await slipway(['validate', '..'], { cwd: join(broken, DISCOVERY, 'prompts') });
    expect(below.stdout).toContain('\n../package.yaml:2:1 error ');
  });

  it('annotates the files of a pull request, relative to the checkout and escaped', async () => {
    const { code, stdout } = await validate(broken, '--format', 'github');
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toContain(
      `::error file=${DISCOVERY}/package.yaml,line=2,col=1,title=manifest-key-missing (project_discovery 1.4.0)::Add the key \`display_name\`.`,
    );
    expect(lines).toContain(
      `::warning file=${DISCOVERY}/notes%2C 100%25%3A old.txt,title=file-not-named (project_discovery 1.4.0)::Name the file in the manifest, or delete it.`,
    );
    expect(lines.at(-1)).toBe('7 releases, 2 errors, 1 warning.');
    expect(lines.slice(0, -1).every((line) => /^::(error|warning|notice) file=[^:]+::/.test(line))).toBe(true);
  });

  gitTest('gives paths from the top of the Git checkout where the repository is a part of one', async () => {
    const top = next('monorepo');
    mkdirSync(top);
    git(top, ['init', '--quiet']);
    copyOfExample(join(top, 'services', 'config'), BROKEN);
    const { stdout } = await validate(top.concat('/services/config'), '--format', 'github');
    expect(stdout).toContain(`::error file=services/config/${DISCOVERY}/package.yaml,line=2`);
    const sarif = await validate(join(top, 'services', 'config', PLAN), '--format', 'sarif');
    expect(sarif.stdout).toContain(`"uri": "services/config/${PLAN}/schemas/output.schema.json"`);
  });

  it('gives programs everything it knows, in the order of the paths', async () => {
    const report = await reportOf(broken);
    expect(report).toMatchObject({ format: 1, valid: false, errorCount: 2, warningCount: 1, remarks: [] });
    expect(report.releases).toHaveLength(7);
    const paths = report.releases.map(({ path }) => path);
    expect(paths).toEqual([...paths].sort());
    const discovery = report.releases.find(({ path }) => path === DISCOVERY);
    expect(discovery).toMatchObject({ package: 'project_discovery', version: '1.4.0', active: true });
    expect(discovery?.report.findings.map(({ rule, path }) => [rule, path])).toEqual([
      ['manifest-key-missing', 'package.yaml'],
      ['file-not-named', 'notes, 100%: old.txt'],
    ]);
    const trees = (from: Report): readonly string[] => from.releases.map(({ tree }) => tree);
    expect(trees(await reportOf(broken, '--format', 'json'))).toEqual(trees(report));
  });

  it('says what is no release, and what the pointer names that is not there', async () => {
    const directory = copyOfExample(next('remarks'), {
      'document_types/epic/releases/1.0/package.yaml': 'doc_type_id: epic\n',
      '_active/active_releases.json': exampleText('_active/active_releases.json').replace(
        '{',
        '{ "epic": "1.0.0", "Epic": "1", "_comment": "x",',
      ),
    });
    const { code, stdout } = await validate(directory);
    expect(code).toBe(0);
    const way = relative(CHECKOUT, directory);
    expect(stdout.trimEnd().split('\n')).toEqual([
      `${way}/document_types/epic/releases/1.0 warning Is no release and was not validated: version out of grammar: a semantic version such as 1.4.0 or 1.5.0-rc.1.`,
      `${way}/_active/active_releases.json warning Names epic 1.0.0, which has no directory.`,
      `${way}/_active/active_releases.json warning The key Epic names no release: it is no package id, or its value no version.`,
      '7 releases, 0 errors, 0 warnings, 3 remarks.',
    ]);
    expect((await validate(directory, '--strict')).code).toBe(1);
    expect((await reportOf(directory, '--package', 'project_discovery')).remarks).toHaveLength(3);
    expect((await reportOf(join(directory, DISCOVERY))).remarks).toEqual([]);
  });
});

describe('what it looks at', () => {
  it('looks below the directory it is given, also inside a release', async () => {
    expect(await releasesOf(join(clean, 'prompts'))).toEqual([
      'roles/technical_architect 1.0.0',
      'templates/document_generator 1.0.0',
    ]);
    expect(await releasesOf(join(clean, DISCOVERY))).toEqual(['project_discovery 1.4.0']);
    expect(await releasesOf(join(clean, DISCOVERY, 'prompts'))).toEqual(['project_discovery 1.4.0']);
    expect((await validate(join(broken, 'prompts'))).code).toBe(0);
  });

  it('judges a part by the whole: what a release needs may stand elsewhere', async () => {
    expect(await validate(join(clean, 'document_types/primary_implementation_plan'))).toMatchObject({ code: 0 });
    const lonely = copyOfExample(next('lonely'), {
      'prompts/roles/technical_architect/releases/1.0.0/role.prompt.txt': null,
    });
    const { code, stdout } = await validate(join(lonely, 'document_types/primary_implementation_plan'));
    expect(code).toBe(1);
    expect(stdout).toContain(' error reference-unresolved ');
  });

  it('looks at packages that are named, and at what the pointer names', async () => {
    expect(await releasesOf(clean, '--package', 'project_discovery')).toEqual([
      'project_discovery 1.3.0',
      'project_discovery 1.4.0',
    ]);
    const args = ['--package', 'document_types/project_discovery', '--package', 'roles/technical_architect'];
    expect(await releasesOf(clean, ...args, '--active')).toEqual([
      'project_discovery 1.4.0',
      'roles/technical_architect 1.0.0',
    ]);
    expect(await validate(broken, '--package', 'technical_architecture')).toMatchObject({ code: 0 });
  });

  it('takes a layout for a repository that does not say its own', async () => {
    const directory = copyOfExample(next('unsaid'), { 'slipway.yaml': null });
    const layout = next('layout.yaml');
    writeFileSync(layout, exampleText('slipway.yaml'));
    expect(await releasesOf(directory, '--layout', layout)).toHaveLength(7);
    expect(await releasesOf(directory)).toHaveLength(5); // what the pointer file alone does not show is not known
  });

  it('gives trees the ids that Git gives them', async () => {
    const [release] = (await reportOf(join('examples/config', DISCOVERY))).releases;
    expect(release?.tree).toBe(git(CHECKOUT, ['rev-parse', `HEAD:examples/config/${DISCOVERY}`]));
  });

  gitTest('leaves out what Git ignores, but not what is tracked all the same', async () => {
    const directory = copyOfExample(next('ignoring'), {
      '.gitignore': '*.swp\n/build/\n',
      [`${DISCOVERY}/.package.yaml.swp`]: 'an editor',
      [`${DISCOVERY}/kept.swp`]: 'tracked',
      'build/releases/x.txt': 'made',
    });
    git(directory, ['init', '--quiet']);
    git(directory, ['add', '-f', `${DISCOVERY}/kept.swp`]);
    const report = await reportOf(directory);
    const findings = report.releases.flatMap((release) => release.report.findings);
    expect(findings.map(({ rule, path }) => [rule, path])).toEqual([['file-not-named', 'kept.swp']]);
  });

  it('does not follow links, and says so of a release that holds one', async () => {
    const directory = copyOfExample(next('links'));
    symlinkSync('/etc/hostname', join(directory, DISCOVERY, 'prompts', 'linked.txt'));
    symlinkSync(directory, join(directory, 'document_types', 'loop'));
    const report = await reportOf(directory);
    expect(report.releases.map(({ path }) => path)).not.toContain(DISCOVERY);
    expect(report.remarks).toEqual([
      { path: 'document_types/loop', message: 'Is no release and was not validated: is a symbolic link.' },
      { path: DISCOVERY, message: 'Is no release and was not validated: holds a symbolic link.' },
      {
        path: '_active/active_releases.json',
        message: 'Names project_discovery 1.4.0, which has no directory.',
      },
    ]);
    expect((await validate(directory)).code).toBe(1); // what requires the one that is none cannot be right
  });
});

describe('how it ends', () => {
  it('with --strict, warnings fail too', async () => {
    const warned = copyOfExample(next('warned'), { [`${DISCOVERY}/notes.txt`]: 'Not named.\n' });
    expect(await validate(warned)).toMatchObject({ code: 0 });
    expect(await validate(warned, '--strict')).toMatchObject({ code: 1, stderr: '' });
    expect(await validate(clean, '--strict')).toMatchObject({ code: 0 });
  });

  it.each([
    ['no directory', [], /error: missing required argument 'directory'/],
    ['a format there is none of', ['.', '--format', 'xml'], /'xml' is invalid/],
    ['two formats', ['.', '--json', '--format', 'sarif'], /--json and --format sarif exclude each other/],
    ['what does not exist', ['nowhere/at/all'], /^slipway: There is no directory nowhere\/at\/all\.\n$/],
    ['a file', ['package.json'], /^slipway: package.json is a file\. Give the directory that holds it\.\n$/],
    ['what is below a file', ['package.json/x'], /^slipway: There is no directory package.json\/x\.\n$/],
  ])('%s is wrong usage', async (_what, args, message) => {
    const ran = await slipway(['validate', ...args]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(message);
  });

  it.each<[string, () => string, readonly string[], RegExp]>([
    [
      'an empty directory',
      () => empty(),
      [],
      /^There is no release in .*: looked at document_types\/.* --layout FILE\.$/,
    ],
    ['a directory without releases', () => join(clean, '_active'), [], /^There is no release in _active of .*\.$/],
    ['a package that is not there', () => clean, ['--package', 'epic'], /^There is no release of epic in .*\.$/],
    ['no layout in slipway.yaml', () => withFile('slipway.yaml', 'layout: 7\n'), [], /^layout: /],
    ['a slipway.yaml that is none', () => withFile('slipway.yaml', 'a: [\n'), [], /^slipway\.yaml:\d+: /],
    ['a pointer file that is none', () => withFile('_active/active_releases.json', '{'), [], /pointer file/],
    ['a layout file that is missing', () => clean, ['--layout', 'missing.yaml'], /^missing\.yaml cannot be read/],
  ])('%s is refused in one line', async (_what, directory, args, message) => {
    const { code, stdout, stderr } = await validate(directory(), ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^slipway: .+\n$/);
    expect(stderr.slice('slipway: '.length, -1)).toMatch(message);
  });

  it('reports what is too large instead of reading it', async () => {
    const directory = copyOfExample(next('huge'), { 'elsewhere/video.bin': '', [`${DISCOVERY}/video.bin`]: '' });
    truncateSync(join(directory, 'elsewhere', 'video.bin'), 200 * 1024 * 1024);
    truncateSync(join(directory, DISCOVERY, 'video.bin'), 40 * 1024 * 1024);
    const report = await reportOf(directory);
    const found = report.releases.flatMap(({ path, report: { findings } }) => findings.map(({ rule }) => [path, rule]));
    expect(found).toEqual([[DISCOVERY, 'limit-exceeded']]);
  });

  const asOrdinaryUser = process.getuid?.() === 0 ? it.skip : it; // root may read everything
  asOrdinaryUser('what cannot be read is refused (skipped for root)', async () => {
    const directory = copyOfExample(next('locked'));
    chmodSync(join(directory, DISCOVERY, 'package.yaml'), 0);
    const { code, stderr } = await validate(directory);
    expect(code).toBe(1);
    expect(stderr).toMatch(/package\.yaml cannot be read/);
  });

  it('prints no control characters, whatever files are called', async () => {
    const name = '\u001b[31mred\u202e\n::error::x.txt';
    const directory = copyOfExample(next('escapes'), {
      [`${DISCOVERY}/${name}`]: 'x',
      'document_types/\u001b[2J/releases/1.0.0/a': 'x',
    });
    const printed: Record<string, string> = {};
    for (const format of ['human', 'github', 'sarif', 'json']) {
      const { code, stdout } = await validate(directory, '--format', format);
      expect(code).toBe(0);
      expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(stdout).not.toMatch(/^::error::x/m);
      printed[format] = stdout;
    }
    expect(printed['human']).toContain(
      `${DISCOVERY}/\\u{1b}[31mred\\u{202e}\\u{a}::error::x.txt warning file-not-named `,
    );
    expect(printed['github']).toContain(`file=${DISCOVERY}/\\u{1b}[31mred\\u{202e}\\u{a}%3A%3Aerror%3A%3Ax.txt,`);
    const [finding] = (JSON.parse(printed['json'] ?? '') as Report).releases.flatMap(({ report }) => report.findings);
    expect(finding?.path).toBe(name);
    const uris = [...(printed['sarif'] ?? '').matchAll(/"uri": "(.*)"/g)].map(([, uri = '']) =>
      decodeURIComponent(uri),
    );
    expect(uris).toContain(`${DISCOVERY}/${name}`);
  });

  it('makes no data directory and writes nothing', async () => {
    const before = readdirSync(clean, { recursive: true }).sort();
    const data = next('data');
    await slipway(['validate', clean, '--data-dir', data], { env: { SLIPWAY_DATA_DIR: data } });
    expect(existsSync(data)).toBe(false);
    expect(readdirSync(clean, { recursive: true }).sort()).toEqual(before);
  });

  function empty(): string {
    const directory = next('empty');
    mkdirSync(directory);
    return directory;
  }

  function withFile(path: string, text: string): string {
    return copyOfExample(next('with-file'), { [path]: text });
  }
});
