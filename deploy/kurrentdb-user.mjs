// Makes the user that Slipway signs in with, and lets it read $all, which only administrators may otherwise:
// `node deploy/kurrentdb-user.mjs [--wait SECONDS] HOST[:PORT]...`, one server or all members of a cluster; port 2113 when left out.
// Servers that do not answer yet, or have no leader yet, are waited for, 60 s when not said otherwise. Run again, it changes nothing but
// the password.
// Environment: EVENTSTORE_DEFAULT_ADMIN_PASSWORD (of `admin`), SLIPWAY_EVENT_STORE_USER, SLIPWAY_EVENT_STORE_PASSWORD,
// SLIPWAY_EVENT_STORE_CA_FILE.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { EventStoreDBClient, LEADER } from '@eventstore/db-client';

const CALL_MS = 5_000;
/** A new server answers a moment before it knows its first users. */
const UNKNOWN_ADMIN_MS = 5_000;
/** What may pass by itself while a server, or a cluster, begins. */
const BEGINNING = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ABORT_ERR'],
  'EPIPE',
]);

// The client names a server to TLS by its address where it has no other name, of which Node warns.
process.noDeprecation = true;
// The client looks for another server when a call has failed, and waits for nobody to hear that it found none.
process.on('unhandledRejection', () => undefined);

const { servers, waitMs } = argumentsOf(process.argv.slice(2));
const admin = { username: 'admin', password: required('EVENTSTORE_DEFAULT_ADMIN_PASSWORD') };
const [user, password] = [required('SLIPWAY_EVENT_STORE_USER'), required('SLIPWAY_EVENT_STORE_PASSWORD')];
const ca = authority(required('SLIPWAY_EVENT_STORE_CA_FILE'));
if (user === admin.username) fail('SLIPWAY_EVENT_STORE_USER is admin, who may read $all: there is nothing to do.');

const began = performance.now();
let hasSaidWaiting = false;
/** When the password of admin was first refused. */
let refusedSince = null;
await makeUser();
await letReadAll();
console.log(`User ${user} may read $all.`);
process.exit();

async function makeUser() {
  const account = { loginName: user, fullName: 'Slipway', groups: [], password };
  const made = await post('/users/', account);
  if (made.status === 201) return;
  if (made.status !== 409) fail(`The server did not make user ${user}: ${made.status} ${made.body}`);
  const changed = await post(`/users/${encodeURIComponent(user)}/command/reset-password`, { newPassword: password });
  if (changed.status !== 200)
    fail(`The server did not change the password of ${user}: ${changed.status} ${changed.body}`);
}

/** Whoever may read $all now may do so afterwards. */
async function letReadAll() {
  for (;;) {
    const endpoints = servers.map(({ host: address, port }) => ({ address, port }));
    const client = new EventStoreDBClient(
      endpoints.length === 1 ? { endpoint: endpoints[0] } : { endpoints, nodePreference: LEADER },
      { rootCertificate: ca },
    );
    const options = { credentials: admin, deadline: CALL_MS };
    try {
      const { metadata = {} } = await client.getStreamMetadata('$all', options);
      const given = metadata.acl?.readRoles ?? ['$admins'];
      const roles = [given].flat();
      if (roles.includes(user)) return;
      const acl = { ...metadata.acl, readRoles: [...roles, user] };
      await client.setStreamMetadata('$all', { ...metadata, acl }, options);
      return;
    } catch (error) {
      await waitOrFail(`The metadata of $all cannot be read or written: ${firstLine(error)}`);
    } finally {
      await client.dispose();
    }
  }
}

/** Asks one server after another, for only the leader takes it, and all of them again while they begin. */
async function post(path, body) {
  for (;;) {
    const faults = [];
    for (const server of servers) {
      const { answer, fault, mayPass } = await postTo(server, path, body);
      if (answer !== undefined) return answer;
      faults.push({ fault, mayPass });
    }
    const words = faults.map(({ fault }) => fault).join('\n');
    if (!faults.some(({ mayPass }) => mayPass)) fail(words);
    await waitOrFail(words);
  }
}

async function postTo({ host, port, at }, path, body) {
  const asking = request({
    host: host.replace(/^\[|\]$/g, ''),
    port,
    path,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    auth: `${admin.username}:${admin.password}`,
    ca,
    agent: false,
    signal: AbortSignal.timeout(CALL_MS),
  });
  try {
    asking.end(JSON.stringify(body));
    const [response] = await once(asking, 'response');
    const answer = { status: response.statusCode, body: await text(response) };
    if (answer.status === 401) {
      const fault = `${at} does not take the password of admin. EVENTSTORE_DEFAULT_ADMIN_PASSWORD must be the one that the server was first started with, or that was set since.`;
      refusedSince ??= performance.now();
      return { fault, mayPass: performance.now() - refusedSince < UNKNOWN_ADMIN_MS };
    }
    if (answer.status === 307 || answer.status >= 500)
      return { fault: `${at} does not lead, or is not ready yet (${answer.status}).`, mayPass: true };
    return { answer };
  } catch (error) {
    return { fault: faultOf(error, at), mayPass: BEGINNING.has(error.code) };
  }
}

function faultOf({ code = '', message }, at) {
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
    return `${at} does not speak TLS, or not as it should. A server that runs insecure has no users: Slipway needs none there.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The certificate of ${at} is for other names. deploy/certificates.sh makes one for more: deploy/certificates.sh DIRECTORY NAME...`;
  if (/CERT|SIGNATURE|ISSUER/.test(code))
    return `The certificate of ${at} was not made by the authority in SLIPWAY_EVENT_STORE_CA_FILE, or is not valid now (${code}).`;
  return `${at} does not answer (${code === 'ABORT_ERR' ? `within ${CALL_MS / 1000} s` : code || message}).`;
}

/** A moment, or the end where it has lasted too long. */
async function waitOrFail(words) {
  if (performance.now() - began > waitMs) fail(words);
  if (!hasSaidWaiting) console.error(`${words}\nTrying again for ${waitMs / 1000} s.`);
  hasSaidWaiting = true;
  await pause(500);
}

function argumentsOf(args) {
  let parsed;
  try {
    parsed = parseArgs({ args, options: { wait: { type: 'string', default: '60' } }, allowPositionals: true });
  } catch (error) {
    return fail(error.message);
  }
  const { values, positionals } = parsed;
  if (!/^\d{1,5}$/.test(values.wait)) fail('--wait takes a number of seconds.');
  if (positionals.length === 0) fail('Name a server: HOST[:PORT]. Of a cluster name all members.');
  return { servers: positionals.map(serverOf), waitMs: Number(values.wait) * 1_000 };
}

function serverOf(given) {
  const { host, port = '2113' } = /^(?<host>\[[\da-f:.]+\]|[\w.-]+)(?::(?<port>\d{1,5}))?$/i.exec(given)?.groups ?? {};
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535)
    return fail(
      'A server is named as HOST or HOST:PORT, without esdb://, user or options; members of a cluster apart.',
    );
  return { host, port: Number(port), at: `${host}:${port}` };
}

function authority(file) {
  let pem;
  try {
    pem = readFileSync(file);
  } catch (error) {
    return fail(`${file}, which SLIPWAY_EVENT_STORE_CA_FILE names, cannot be read (${error.code}).`);
  }
  if (!pem.includes('-----BEGIN CERTIFICATE-----'))
    fail(`${file}, which SLIPWAY_EVENT_STORE_CA_FILE names, holds no certificate in PEM.`);
  return pem;
}

function required(name) {
  return process.env[name] || fail(`${name} is not set.`);
}

function firstLine(error) {
  return String(error?.message ?? error).split('\n', 1)[0];
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
