const MAX_LENGTH = 600;
const MAX_REMOTE_LINES = 5;
/** What to do about a complaint; of more than one the first that fits. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /could not read Username/,
    'Credentials go into SLIPWAY_REMOTE_USER with SLIPWAY_REMOTE_PASSWORD, or into SLIPWAY_REMOTE_TOKEN.',
  ],
  // The two libraries that git is built with say it in their own ways.
  [
    /certificate verification failed|SSL certificate problem/i,
    "SLIPWAY_REMOTE_CA_FILE names the certificates that are trusted instead of the system's.",
  ],
  [/setting certificate|CAfile.*reading|error adding trust anchors/i, 'SLIPWAY_REMOTE_CA_FILE names no certificates.'],
  [
    /Host key verification failed|host key is known/i,
    'The host key must stand in the known_hosts of this account, or in the file that SLIPWAY_REMOTE_KNOWN_HOSTS names.',
  ],
  [/Permission denied \(/, 'SLIPWAY_REMOTE_SSH_KEY names the private key for ssh.'],
];

/**
 * What a failed run of `git` says, in its own words and in one line: what the remote said first, then the first complaint of
 * the program, which names the cause; the last lines are advice. Without credentials and control characters.
 *
 * @returns undefined when it said nothing.
 */
export function complaint(stderr: string, secrets: readonly string[] = []): string | undefined {
  const lines = withoutSecrets(stderr, secrets)
    .split('\n')
    .map((line) => line.replace(/\p{Cc}/gu, ' ').trim())
    .filter((line) => line !== '');
  const told = lines.filter((line) => /^remote: ./.test(line)).slice(0, MAX_REMOTE_LINES);
  const at = lines.findIndex((line) => /^(fatal|error): /.test(line));
  const own = at < 0 ? lines.findLast((line) => !line.startsWith('remote:')) : lines[at];
  // Of ssh git only says that it could not read: the reason is in the line above.
  const above = /^fatal: Could not read from remote/.test(own ?? '') ? lines[at - 1] : undefined;
  const advice = ADVICE.find(([about]) => about.test(`${above ?? ''} ${own ?? ''}`))?.[1];
  const said = [...told, above, own, advice].filter((line) => line !== undefined);
  return said.length === 0 ? undefined : [...new Set(said)].join(' ').slice(0, MAX_LENGTH);
}

/** A text without the credentials that its addresses hold, and without these secrets in any form that git prints. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]).filter((form) => form !== '');
  const masked = forms.reduce((masking, form) => masking.replaceAll(form, '[secret]'), text);
  return masked.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@']*@/gi, '$1');
}
