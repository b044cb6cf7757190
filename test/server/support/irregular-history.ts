import { mkdirSync } from 'node:fs';
import { git } from '../../git/real-git';
import { documentType, type Files } from './source-repository';

export const POINTER = '_active/active_releases.json';

/** One commit of a history with dates: what it writes, what it takes away. */
interface DatedCommit {
  readonly at: string;
  readonly author?: readonly [name: string, email: string];
  readonly subject?: string;
  readonly files?: Files;
  readonly removed?: readonly string[];
}

const ANN = ['Ann Archer', 'ann@example.com'] as const;
const BEN = ['Ben Baker', 'ben@example.com'] as const;
const points = (map: Readonly<Record<string, string>>): Files => ({ [POINTER]: `${JSON.stringify(map)}\n` });
const alpha = (version: string): string => `document_types/alpha/releases/${version}`;

/** Half a year of a team without Slipway, with irregularities of most kinds. */
export const COMMITS: readonly DatedCommit[] = [
  { at: '2024-01-10T12:00:00Z', author: ANN, subject: 'Begin', files: { 'README.md': 'Configuration\n' } },
  {
    at: '2024-02-01T12:00:00Z',
    author: BEN,
    subject: 'Add alpha and beta',
    files: { ...documentType('alpha', '1.0.0'), ...documentType('beta', '1.0.0') },
  },
  { at: '2024-02-05T12:00:00Z', author: BEN, subject: 'Go live', files: points({ alpha: '1.0.0', beta: '1.0.0' }) },
  {
    at: '2024-03-01T12:00:00Z',
    author: ANN,
    subject: 'Release alpha 1.1.0',
    files: { ...documentType('alpha', '1.1.0'), ...points({ alpha: '1.1.0', beta: '1.0.0' }) },
  },
  {
    at: '2024-03-10T12:00:00Z',
    author: BEN,
    subject: 'Just a small fix',
    files: { [`${alpha('1.0.0')}/prompts/task.prompt.txt`]: 'Fixed in place.\n' },
  },
  {
    at: '2024-04-01T12:00:00Z',
    author: ANN,
    subject: 'Release alpha 2.0.0',
    files: { ...documentType('alpha', '2.0.0'), ...points({ alpha: '2.0.0', beta: '1.0.0', gone: '9.9.9' }) },
  },
  { at: '2024-03-20T12:00:00Z', author: BEN, subject: 'Retire beta', files: points({ alpha: '2.0.0' }) },
  { at: '2024-05-01T12:00:00Z', author: BEN, subject: 'Clean up', removed: [alpha('1.1.0')] },
  {
    at: '2024-06-01T12:00:00Z',
    author: ['\u202eEve \u001b[31m', 'admin'],
    subject: `\u001b]0;owned\u0007${'x'.repeat(900)}`,
    files: { 'document_types/Bad_Name/releases/1.0.0/package.yaml': 'x: 1\n' },
  },
];

/** What is found in it, in its order. */
export const FOUND = [
  'pointer-file-late',
  'release-edited-after-activation',
  'dangling-pointer',
  'date-out-of-order',
  'release-removed',
  'name-out-of-grammar',
];

/** Writes commits with their dates by plain git; a bare repository. Answers its directory. */
export function datedRepository(directory: string, commits: readonly DatedCommit[] = COMMITS): string {
  mkdirSync(directory, { recursive: true });
  git(directory, ['init', '--quiet', '--bare', '--initial-branch=main']);
  const data = (text: string): string => `data ${String(Buffer.byteLength(text))}\n${text}\n`;
  const stream = commits.map(({ at, author: [name, email] = ANN, subject = 'Change', files = {}, removed = [] }) => {
    const seconds = String(Date.parse(at) / 1000);
    return [
      'commit refs/heads/main\n',
      `author ${name} <${email}> ${seconds} +0000\n`,
      `committer Bot <bot@example.com> ${seconds} +0000\n`,
      data(`${subject}\n`),
      ...removed.map((path) => `D ${path}\n`),
      ...Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`),
      '\n',
    ].join('');
  });
  git(directory, ['fast-import', '--quiet', '--date-format=raw'], stream.join(''));
  return directory;
}
