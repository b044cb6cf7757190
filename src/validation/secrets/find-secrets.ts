import { findPrivateKeys } from './find-private-keys';
import { findTokens } from './find-tokens';
import { findUrlCredentials } from './find-url-credentials';
import { type Secret } from './secret';

/**
 * Private keys, known tokens and passwords in URLs that a text holds, by place; none overlaps another. By structure and
 * prefix alone, in time linear in the text; placeholders of documentation are none.
 */
export function findSecrets(text: string): readonly Secret[] {
  const found = [...findPrivateKeys(text), ...findTokens(text), ...findUrlCredentials(text)];
  const apart: Secret[] = [];
  for (const secret of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1);
    if (last === undefined || last.end <= secret.start) apart.push(secret);
    else if (last.end < secret.end) apart.splice(-1, 1, { ...last, end: secret.end });
  }
  return apart;
}

/** True when a text holds a secret. */
export function holdsSecret(text: string): boolean {
  return findSecrets(text).length > 0;
}

const IN_ITS_PLACE = '[secret]';

/** The text with each secret in it replaced. */
export function withoutSecrets(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (const { start, end } of findSecrets(text)) {
    kept.push(text.slice(from, start), IN_ITS_PLACE);
    from = end;
  }
  return from === 0 ? text : `${kept.join('')}${text.slice(from)}`;
}
