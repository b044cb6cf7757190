const MAX_LENGTH = 600;
const MAX_REMOTE_LINES = 5;
const CREDENTIALS =
  'Credentials go into SLIPWAY_REMOTE_USER with SLIPWAY_REMOTE_PASSWORD, or into SLIPWAY_REMOTE_TOKEN.';

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
  const advice = /could not read Username/.test(own ?? '') ? CREDENTIALS : undefined;
  const said = [...told, above, own, advice].filter((line) => line !== undefined);
  return said.length === 0 ? undefined : [...new Set(said)].join(' ').slice(0, MAX_LENGTH);
}

/** A text without the credentials that its addresses hold, and without these secrets in any form that git prints. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]).filter((form) => form !== '');
  const masked = forms.reduce((masking, form) => masking.replaceAll(form, '[secret]'), text);
  return masked.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@']*@/gi, '$1');
}
