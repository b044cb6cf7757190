import { aRelease, type Changes, manifestWith } from '../support/a-release';
import { type RuleCase, type SilentCase } from './rule-case';

const under = (policy: string, changes: Changes = {}) => aRelease(changes, { policy: Buffer.from(policy) });

const GUARDRAILS = `layout: {}
guardrails:
  - id: no-internal-hosts
    pattern: 'corp\\.acme\\.io'
    message: Name no internal hosts.
  - id: no-superlatives
    pattern: '(?i)\\b(best|greatest)\\b'
    message: Say what is known instead.
    severity: warning
    paths: ['prompts/**', '*.md']
  - id: headings
    pattern: '^Draft:'
    message: Finish it first.
    severity: error
    paths: ['prompts/*.prompt.txt']
`;
const one = (lines: string): string => `guardrails:\n  - id: a\n    pattern: b\n    message: c\n${lines}`;

const BROKEN: readonly (readonly [when: string, policy: string, says: string])[] = [
  ['is no YAML', 'guardrails: [', 'slipway.yaml'],
  ['is no mapping', '- a\n', 'slipway.yaml:1 at the root of the repository: Write the file as a mapping'],
  ['has an anchor', 'guardrails: &a []\n', 'slipway.yaml:1 at the root of the repository: Write plain YAML'],
  ['has a key twice', 'guardrails: []\nguardrails: []\n', 'slipway.yaml:2'],
  [
    'has another key',
    'layout: {}\nguardrail: []\n',
    'slipway.yaml:2 at the root of the repository: Remove or correct the key `guardrail`',
  ],
  ['has no list', 'guardrails: {}\n', 'slipway.yaml:1 at the root of the repository: Write `guardrails` as a list'],
  ['has a null for a list', 'guardrails:\n', 'Write `guardrails` as a list'],
  ['has a text for a guardrail', 'guardrails: [a]\n', 'Write a guardrail as a mapping'],
  [
    'has a guardrail with another key',
    one('    path: [a]\n'),
    'slipway.yaml:5 at the root of the repository: Remove or correct the key `path`',
  ],
  ['has a guardrail without an id', 'guardrails: [{ pattern: a, message: b }]\n', 'Give each guardrail an `id`'],
  [
    'has an id of another form',
    one('').replace('id: a', 'id: No Hosts'),
    'slipway.yaml:2 at the root of the repository: Give each guardrail an `id`',
  ],
  [
    'has an id twice',
    `${one('')}  - { id: a, pattern: d, message: e }\n`,
    'slipway.yaml:5 at the root of the repository: Two guardrails have the id `a`',
  ],
  ['has no pattern', 'guardrails: [{ id: a, message: b }]\n', 'Write a `pattern`'],
  [
    'has a pattern that is a number',
    one('').replace('pattern: b', 'pattern: 1'),
    'slipway.yaml:3 at the root of the repository: Write a `pattern`',
  ],
  [
    'has a pattern that looks ahead',
    one('').replace('pattern: b', "pattern: 'a(?=b)'"),
    'slipway.yaml:3 at the root of the repository: Write a `pattern` in the syntax of RE2',
  ],
  [
    'has a pattern that refers back',
    one('').replace('pattern: b', "pattern: '(a)\\1'"),
    'without look-around and back-references',
  ],
  [
    'has a pattern that explodes',
    one('').replace('pattern: b', "pattern: '((a{1,999}){1,999}){1,999}'"),
    'Write a `pattern` in the syntax of RE2',
  ],
  [
    'has a pattern that is everywhere',
    one('').replace('pattern: b', "pattern: 'b*'"),
    'Write a `pattern` that does not match an empty text.',
  ],
  ['has no message', 'guardrails: [{ id: a, pattern: b }]\n', 'Write a `message` of one line'],
  ['has a message of two lines', one('').replace('message: c', 'message: "c\\nd"'), 'Write a `message` of one line'],
  [
    'has another severity',
    one('    severity: info\n'),
    'slipway.yaml:5 at the root of the repository: Write `severity` as error or warning.',
  ],
  ['has an empty severity', one('    severity:\n'), 'Write `severity` as error or warning.'],
  ['has one path', one('    paths: prompts/**\n'), 'Write `paths` as a list of patterns'],
  ['has no paths', one('    paths: []\n'), 'Write `paths` as a list of patterns'],
  ...['/prompts', '../a', 'a/../b', '{a,b}', '[ab]', '!a', 'a**', 'a\\b', '', 'a//b'].map(
    (glob) =>
      [
        `has ${JSON.stringify(glob)} for a path`,
        one(`    paths: [${JSON.stringify(glob)}]\n`),
        'Write each of `paths` relative',
      ] as const,
  ),
  [
    'is larger than what is read',
    `${one('')}# ${'x'.repeat(256 * 1024)}\n`,
    'slipway.yaml at the root of the repository: The YAML is larger',
  ],
];

export const cases: readonly RuleCase[] = [
  {
    rule: 'guardrail-error',
    when: 'a prompt names a host that is not to be named',
    request: under(GUARDRAILS, { 'prompts/task.prompt.txt': '👩‍🚀 Write.\nAsk wiki.corp.acme.io for 👍 terms.\n' }),
    at: 'prompts/task.prompt.txt:2:10 null',
    says: 'Name no internal hosts. (no-internal-hosts of slipway.yaml)',
  },
  {
    rule: 'guardrail-error',
    when: 'the manifest does, and the place has a pointer',
    request: under(GUARDRAILS, manifestWith('house_key: kept', 'house_key: [kept, at corp.acme.io]')),
    at: 'package.yaml:21:22 /house_key/1',
    says: 'Name no internal hosts.',
  },
  {
    rule: 'guardrail-error',
    when: 'a line of a prompt begins as none is to begin',
    request: under(GUARDRAILS, { 'prompts/task.prompt.txt': 'Write.\nDraft: more.\nNo Draft: here.\n' }),
    at: 'prompts/task.prompt.txt:2:1 null',
    says: 'Finish it first. (headings of slipway.yaml)',
  },
  {
    rule: 'guardrail-warning',
    when: 'a file at the root of the release is warned of',
    request: under(GUARDRAILS, { 'README.md': '# The Best brief\n' }),
    at: 'README.md:1:7 null',
    says: 'Say what is known instead. (no-superlatives of slipway.yaml)',
  },
  {
    rule: 'guardrail-warning',
    when: 'a file in a directory is warned of',
    request: under(GUARDRAILS, { 'prompts/task.prompt.txt': 'Write the greatest brief.\n' }),
    at: 'prompts/task.prompt.txt:1:11 null',
    says: 'Say what is known instead.',
  },
  ...BROKEN.map(([what, policy, says]) => ({
    rule: 'policy-not-readable',
    when: `slipway.yaml ${what}`,
    request: under(policy, { 'prompts/task.prompt.txt': 'b' }),
    at: 'null:null:null null',
    says,
  })),
];

export const silent: readonly SilentCase[] = [
  {
    when: 'a guardrail looks at other files',
    request: under(GUARDRAILS, manifestWith('house_key: kept', 'house_key: the best\n# Draft: the best')),
  },
  { when: 'slipway.yaml says nothing of guardrails', request: under('layout:\n  defaultKind: configs\n') },
  { when: 'slipway.yaml has an empty list of guardrails', request: under('guardrails: []\n') },
  {
    when: 'a pattern of letters is no pattern of other letters',
    request: under(GUARDRAILS, { 'README.md': 'corpXacme.io' }),
  },
];
