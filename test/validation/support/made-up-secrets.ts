import { createHash } from 'node:crypto';

/**
 * Texts in the form of secrets that nobody was ever given. They are put together here, so that no file of ours holds
 * one: scanners would say so.
 */
export const MADE_UP = {
  githubToken: `ghp_${letters(36)}`,
  githubFineGrained: `github_pat_${letters(22, 'a')}_${letters(59, 'b')}`,
  gitlabToken: `glpat-${letters(20)}`,
  awsAccessKey: `AKIA${letters(40)
    .toUpperCase()
    .replaceAll(/[^A-Z2-7]/g, '')
    .slice(0, 16)}`,
  slackToken: `xoxb-${digits(12)}-${digits(13)}-${letters(24)}`,
  slackWebhook: `https://hooks.slack.com/services/T${capitals(10, 'a')}/B${capitals(10, 'b')}/${letters(24)}`,
  slipwayToken: `slw_${letters(38)}`,
  openAiKey: `sk-proj-${letters(74, 'a')}T3BlbkFJ${letters(74, 'b')}`,
  openAiLegacyKey: `sk-${letters(20, 'a')}T3BlbkFJ${letters(20, 'b')}`,
  anthropicKey: `sk-ant-api03-${letters(93)}AA`,
  googleApiKey: `AIza${letters(35)}`,
  stripeKey: `sk_live_${letters(24)}`,
  npmToken: `npm_${letters(36)}`,
  sendGridKey: `SG.${letters(22, 'a')}.${letters(43, 'b')}`,
  digitalOceanToken: `dop_v1_${hexadecimal(64)}`,
  databricksToken: `dapi${hexadecimal(32)}`,
  shopifyToken: `shpat_${hexadecimal(32)}`,
  urlPassword: letters(12),
} as const;

/** A private key in PEM: its form, nothing that is a key. */
export function madeUpPrivateKey({ label = 'RSA PRIVATE KEY', lines = 4, lineEnd = '\n' } = {}): string {
  const body = Array.from({ length: lines }, (_, line) => letters(64, `line ${String(line)}`));
  return [`-----BEGIN ${label}-----`, ...body, `${letters(8)}==`, `-----END ${label}-----`].join(lineEnd);
}

/** Letters and digits that look as if they had been drawn. */
export function letters(length: number, seed = ''): string {
  return stream(seed, 'base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, length);
}

function capitals(length: number, seed: string): string {
  return letters(length, seed).toUpperCase();
}

function digits(length: number): string {
  return stream('digits', 'hex')
    .replaceAll(/[^0-9]/g, '')
    .slice(0, length);
}

function hexadecimal(length: number): string {
  return stream('hex', 'hex').slice(0, length);
}

function stream(seed: string, encoding: 'base64' | 'hex'): string {
  return Array.from({ length: 8 }, (_, at) =>
    createHash('sha256')
      .update(`made up ${seed} ${String(at)}`)
      .digest(encoding),
  ).join('');
}
