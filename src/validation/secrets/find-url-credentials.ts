import { isPlaceholderPassword } from './placeholder';
import { type Secret } from './secret';

/** `://user:password@host`, without characters that a URL has to encode; each part is bounded and ends where the next begins. */
const CREDENTIAL =
  /:\/\/([^\s:/@?#"'`\\]{0,100}):([^\s:/@?#"'`\\]{3,256})@([A-Za-z0-9.-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])/g;

/** Names that are kept for documentation (RFC 2606, RFC 6761), and the machine itself. */
const NO_HOST =
  /(?:^|\.)(?:example(?:\.(?:com|org|net|edu))?|test|invalid|localhost|local)$|^127\.|^0\.0\.0\.0$|^\[::1\]$/i;
/** What documentation calls a host: a word without a domain, such as `host` or `db`. */
const SINGLE_WORD =
  /^(?:my|your|the)?[-_.]?(?:host|hostname|server|domain|db|database|site|url|address|endpoint|proxy)(?:\.(?:com|org|net|tld|name))?$/i;

/** Passwords in URLs that go to a host somebody could have. The place is that of the password. */
export function* findUrlCredentials(text: string): Generator<Secret> {
  for (const { 1: user = '', 2: password = '', 3: host = '', index } of text.matchAll(CREDENTIAL)) {
    if (NO_HOST.test(host) || SINGLE_WORD.test(host) || isPlaceholderPassword(password)) continue;
    if (user.toLowerCase() === password.toLowerCase()) continue;
    const start = index + '://'.length + user.length + ':'.length;
    yield { type: 'url-credential', name: 'password in a URL', start, end: start + password.length };
  }
}
