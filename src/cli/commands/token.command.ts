import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { isActorId, isOneLine, isRole, type Role, ROLES } from '../../domain';
import { openTokenStore, type TokenRecord, type TokenStore } from '../../server/identity/token-store';
import { systemClock } from '../../server/system';
import { type GlobalOptions, usedDataDirectoryOf, withGlobalOptions } from '../global-options';
import { print, Refused, WrongUsage } from '../outcome';

interface CreateOptions extends GlobalOptions {
  readonly actor: string;
  readonly name: string;
  readonly role: string;
}

const MAX_NAME = 100;

/** `slipway token create|list|revoke`: works beside a running server, which sees the change at once. */
export function tokenCommand(program: Command): void {
  const token = program.command('token').description('make, list and revoke sign-in tokens');

  withGlobalOptions(token.command('create'))
    .description('make a token; it is printed once and stored only as a hash')
    .requiredOption('--actor <id>', 'who it signs in, for example tom.moseley')
    .requiredOption('--name <name>', 'name for people, for example "Tom Moseley"')
    .addOption(new Option('--role <role>', 'what it may do').choices(Object.keys(ROLES)).makeOptionMandatory())
    .action((options: CreateOptions) => {
      const actor = { id: requireActorId(options.actor), name: requireName(options.name) };
      const role = requireRole(options.role);
      withTokens(options, (tokens) => {
        const created = tokens.create({ actor, role, now: systemClock.now() });
        print(options.json === true, { ...created.record, token: created.token }, [created.token]);
      });
    });

  withGlobalOptions(token.command('list'))
    .description('list tokens')
    .action((options: GlobalOptions) =>
      withTokens(options, (tokens) => print(options.json === true, tokens.list(), tokens.list().map(line))),
    );

  withGlobalOptions(token.command('revoke'))
    .description('revoke a token')
    .argument('<id>', 'id of the token, as `token list` shows it')
    .action((id: string, options: GlobalOptions) =>
      withTokens(options, (tokens) => {
        if (!tokens.revoke(id, systemClock.now()))
          throw new Refused(`There is no token ${id} that could be revoked. See \`slipway token list\`.`);
        print(options.json === true, { id, revoked: true }, [`Revoked ${id}.`]);
      }),
    );
}

function withTokens(options: GlobalOptions, use: (tokens: TokenStore) => void): void {
  const directory = usedDataDirectoryOf(options);
  const tokens = openTokenStore({ path: join(directory, 'tokens.db') });
  try {
    use(tokens);
  } finally {
    tokens.close();
  }
}

function line({ id, actor, role, createdAt, revokedAt }: TokenRecord): string {
  return [id, role.padEnd(6), actor.id, `(${actor.name})`, createdAt, revokedAt === null ? '' : `revoked ${revokedAt}`]
    .join('  ')
    .trimEnd();
}

function requireActorId(text: string): string {
  if (isActorId(text)) return text;
  throw new WrongUsage(
    '--actor must be lower-case letters, digits, ".", "_" and "-", at most 64, for example tom.moseley.',
  );
}

/** One line that can stand in a Git author: no angle brackets, nothing invisible. */
function requireName(text: string): string {
  const name = text.normalize('NFC').trim();
  if (name !== '' && name.length <= MAX_NAME && isOneLine(name) && !/[<>]/.test(name)) return name;
  throw new WrongUsage(
    `--name must be one line of 1 to ${String(MAX_NAME)} characters without "<", ">" or invisible characters.`,
  );
}

function requireRole(text: string): Role {
  if (isRole(text)) return text;
  throw new WrongUsage(`--role must be one of ${Object.keys(ROLES).join(', ')}.`);
}
