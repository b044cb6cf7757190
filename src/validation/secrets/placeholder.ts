const WORDS = /example|placeholder|change_?-?me|dummy|sample|redacted|your[-_]|x{6}|\*{3}|\.{3}/i;

/** What hands type in a row. */
const ROW = /123456|abcdef/i;
/** The same at the beginning of a body or of a part of one: within hexadecimal it comes up by chance. */
const BEGINS_WITH_ROW = /(?:(?<![A-Za-z0-9])|(?<=AKIA|ASIA|AIza|dapi))(?:0?123456|abcdef)/i;

/** Words that documentation writes where a password goes. */
const PASSWORDS = new Set([
  ...['password', 'passwd', 'passphrase', 'pass', 'pwd', 'pw', 'secret', 'token', 'key', 'apikey', 'credentials'],
  ...[
    'user',
    'username',
    'name',
    'login',
    'admin',
    'root',
    'guest',
    'postgres',
    'mysql',
    'redis',
    'mongo',
    'test',
    'demo',
  ],
  ...[
    'foo',
    'bar',
    'baz',
    'basic',
    'auth',
    'none',
    'null',
    'empty',
    'value',
    'string',
    'port',
    'host',
    'x-oauth-basic',
  ],
]);

/** Parts of templates: `<token>`, `${TOKEN}`, `{{token}}`, `%s`, `[token]`, `$TOKEN`. */
const TEMPLATE = /[<>{}[\]$]|%s|%\(/;

const FEW_CHARACTERS = 5;

/** True for a body that nobody was given: words of documentation, a row of letters, a handful of characters. */
export function isPlaceholderBody(body: string): boolean {
  return WORDS.test(body) || BEGINS_WITH_ROW.test(body) || new Set(body).size <= FEW_CHARACTERS;
}

/** True for what stands in the place of a password. */
export function isPlaceholderPassword(password: string): boolean {
  const word = password.toLowerCase().replace(/^(my|the|some|db)[-_]?|[-_]?[0-9]{1,3}$/g, '');
  return (
    TEMPLATE.test(password) ||
    WORDS.test(password) ||
    ROW.test(password) ||
    PASSWORDS.has(word) ||
    new Set(password.toLowerCase()).size <= 2
  );
}
