import { aRelease, MANIFEST, manifestWith, schemaIs } from '../support/a-release';
import { letters, MADE_UP, madeUpPrivateKey } from '../support/made-up-secrets';
import { type RuleCase, type SilentCase } from './rule-case';

const prompt = (text: string) => aRelease({ 'prompts/task.prompt.txt': text });
const password = MADE_UP.urlPassword;

export const cases: readonly RuleCase[] = [
  ...(
    [
      ['AWS access key', MADE_UP.awsAccessKey],
      ['GitHub token', MADE_UP.githubToken],
      ['GitHub token', MADE_UP.githubFineGrained],
      ['GitLab token', MADE_UP.gitlabToken],
      ['Slack token', MADE_UP.slackToken],
      ['Slack webhook', MADE_UP.slackWebhook],
      ['Slipway token', MADE_UP.slipwayToken],
      ['OpenAI key', MADE_UP.openAiKey],
      ['OpenAI key', MADE_UP.openAiLegacyKey],
      ['Anthropic key', MADE_UP.anthropicKey],
      ['Google API key', MADE_UP.googleApiKey],
      ['Stripe key', MADE_UP.stripeKey],
      ['npm token', MADE_UP.npmToken],
      ['SendGrid key', MADE_UP.sendGridKey],
      ['DigitalOcean token', MADE_UP.digitalOceanToken],
      ['Databricks token', MADE_UP.databricksToken],
      ['Shopify token', MADE_UP.shopifyToken],
    ] as const
  ).map(([name, token]) => ({
    rule: 'secret-token',
    when: `a prompt holds a token in the form of ${token.slice(0, 7)}`,
    request: prompt(`Write.\nAuthenticate with "${token}".\n`),
    at: 'prompts/task.prompt.txt:2:20 null',
    says: `Take the ${name} out, and revoke it`,
  })),
  {
    rule: 'secret-token',
    when: 'the manifest assigns one, and the place has a pointer',
    request: aRelease(manifestWith('house_key: kept', `house_key: "${MADE_UP.githubToken}"`)),
    at: 'package.yaml:21:13 /house_key',
    says: 'Take the GitHub token out',
  },
  {
    rule: 'secret-token',
    when: 'only the value shows it, since it is written with an escape',
    request: aRelease(manifestWith('house_key: kept', `house_key: "\\x67${MADE_UP.githubToken.slice(1)}"`)),
    at: 'package.yaml:21:12 /house_key',
    says: 'Take the GitHub token out',
  },
  {
    rule: 'secret-token',
    when: 'it follows an escaped line end in a schema',
    request: aRelease(schemaIs({ type: 'string', description: `first\n${MADE_UP.npmToken}` })),
    at: 'schemas/output.schema.json:3:26 /description',
    says: 'Take the npm token out',
  },
  {
    rule: 'secret-token',
    when: 'a URL has it in the place of a password',
    request: prompt(`git clone https://x-access-token:${MADE_UP.githubToken}@github.com/acme/config.git\n`),
    at: 'prompts/task.prompt.txt:1:34 null',
    says: 'Take the GitHub token out',
  },
  ...[
    ['RSA private key', madeUpPrivateKey()],
    ['private key', madeUpPrivateKey({ label: 'PRIVATE KEY', lines: 1 })],
    ['OPENSSH private key', madeUpPrivateKey({ label: 'OPENSSH PRIVATE KEY', lineEnd: '\r\n' })],
    ['PGP private key', madeUpPrivateKey({ label: 'PGP PRIVATE KEY BLOCK' })],
    ['EC private key', madeUpPrivateKey({ label: 'EC PRIVATE KEY', lineEnd: '\\n' })],
    ['private key', madeUpPrivateKey({ label: 'PRIVATE KEY', lineEnd: '\n    > ' })],
    ['RSA private key', madeUpPrivateKey().replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\n')],
    ['RSA private key', madeUpPrivateKey().replace(/-----END[^]*/, '')],
  ].map(([name = '', key = ''], at) => ({
    rule: 'secret-private-key',
    when: `a prompt holds a key, ${String(at + 1)}`,
    request: prompt(`Sign with\n  ${key}\nand send.\n`),
    at: 'prompts/task.prompt.txt:2:3 null',
    says: `Take the ${name} out, and make a new one`,
  })),
  {
    rule: 'secret-private-key',
    when: 'a block of the manifest holds one',
    request: aRelease({ 'package.yaml': `${MANIFEST}key: |\n  ${madeUpPrivateKey({ lineEnd: '\n  ' })}\n` }),
    at: 'package.yaml:23:3 /key',
    says: 'Take the RSA private key out',
  },
  {
    rule: 'secret-in-url',
    when: 'a prompt names a database with its password',
    request: prompt(`Read from postgres://reader:${password}@db.acme.io:5432/briefs.\n`),
    at: 'prompts/task.prompt.txt:1:29 null',
    says: 'Take the password in a URL out, and change it',
  },
  {
    rule: 'secret-in-url',
    when: 'there is no user',
    request: prompt(`redis://:${password}@10.0.0.7:6379/0`),
    at: 'prompts/task.prompt.txt:1:10 null',
    says: 'Take the password in a URL out',
  },
];

export const silent: readonly SilentCase[] = [
  {
    when: 'documentation shows placeholders for tokens',
    request: prompt(
      [
        'AKIAIOSFODNN7EXAMPLE AKIAXXXXXXXXXXXXXXXX ASIA1234567890ABCDEF',
        `ghp_${'x'.repeat(36)} ghp_${'1234567890abcdefghij'.repeat(2)} ghp_<your token> ghp_\${TOKEN} ghp_... ghp_`,
        'glpat-xxxxxxxxxxxxxxxxxxxx glpat-your-token-goes-here-now sk_live_... sk-proj-{{key}}',
        'xoxb-not-a-real-token xoxb-000000000000-0000000000000-xxxxxxxxxxxxxxxxxxxxxxxx',
        `https://hooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)} slw_your_token slw_...`,
        'xoxb-123456789012-1234567890123-abcdefABCDEFghijklmnopqr',
        `sk-ant-api03-${'*'.repeat(93)} AIza[A-Za-z0-9_-]{35} AIza${'x'.repeat(35)}`,
        'Tokens begin with ghp_, github_pat_, npm_ or dop_v1_.',
      ].join('\n'),
    ),
  },
  {
    when: 'something is longer or shorter than a token, or part of a word',
    request: prompt(
      [
        `ghp_${letters(35)}`,
        `AKIA${letters(40).toUpperCase()}`,
        `dapi${'0123456789abcdef'.repeat(3)}`,
        `the_${MADE_UP.npmToken}`,
        `npm_${letters(37)}`,
        'aHR0cHM6Ly9leGFtcGxlLmNvbS9BS0lB'.repeat(8),
      ].join('\n'),
    ),
  },
  {
    when: 'digests, ids and JSON web tokens stand in a text',
    request: prompt(
      [
        'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3 sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        '0190a3f2-6c1e-7c3a-9d11-3f6a5b7c8d9e eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dGhlIHNpZ25hdHVyZSBpcyBub3QgcmVhbA',
      ].join('\n'),
    ),
  },
  {
    when: 'documentation speaks of private keys',
    request: prompt(
      [
        'Keys begin with -----BEGIN RSA PRIVATE KEY----- and end with -----END RSA PRIVATE KEY-----.',
        '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg...\n-----END PRIVATE KEY-----',
        `-----BEGIN PRIVATE KEY-----\n${'x'.repeat(64)}\n-----END PRIVATE KEY-----`,
        '-----BEGIN PRIVATE KEY-----\n<your key>\n-----END PRIVATE KEY-----',
        '-----BEGIN PRIVATE KEY----- is followed by lines of Base64 that nobody may read because they are the key itself',
        madeUpPrivateKey({ label: 'PUBLIC KEY' }),
        madeUpPrivateKey({ label: 'CERTIFICATE' }),
      ].join('\n'),
    ),
  },
  {
    when: 'URLs show where a password goes, or have none',
    request: prompt(
      [
        'https://user:password@acme.io/ https://<user>:<password>@acme.io ftp://${USER}:${PASS}@acme.io',
        'postgres://postgres:postgres@db.acme.io:5432/app mongodb://app:changeme@db.acme.io amqp://guest:guest@mq.acme.io',
        `https://reader:${password}@example.com/ http://reader:${password}@localhost:8080/ redis://:${password}@127.0.0.1`,
        `postgres://app:${password}@host:5432/db mysql://app:${password}@db.example/x smtp://me:${password}@mail.test`,
        'https://user:xxxx@acme.io https://user:****@acme.io https://user:%s@acme.io https://me:my-password@acme.io',
        'https://acme.io:8443/@scope/package ssh://git@acme.io:22/x.git mailto:tom@acme.io https://acme.io/a:b@c',
        'at 10:30 write to tom:sue@acme.io',
      ].join('\n'),
    ),
  },
];
