// Makes the user that Slipway signs in with, and lets it read $all, which only administrators may otherwise:
// `node deploy/kurrentdb-user.mjs HOST:PORT...`, one server or all members of a cluster. Run again, it changes nothing but the password.
// Environment: EVENTSTORE_DEFAULT_ADMIN_PASSWORD (of `admin`), SLIPWAY_EVENT_STORE_USER, SLIPWAY_EVENT_STORE_PASSWORD,
// SLIPWAY_EVENT_STORE_CA_FILE.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { EventStoreDBClient, LEADER } from '@eventstore/db-client';

const servers = process.argv.slice(2).map((server) => {
  const { hostname: address, port } = new URL(`https://${server}`);
  return { address, port: Number(port === '' ? 443 : port) };
});
const admin = { username: 'admin', password: required('EVENTSTORE_DEFAULT_ADMIN_PASSWORD') };
const [user, password] = [required('SLIPWAY_EVENT_STORE_USER'), required('SLIPWAY_EVENT_STORE_PASSWORD')];
const ca = readFileSync(required('SLIPWAY_EVENT_STORE_CA_FILE'));
if (servers.length === 0) fail('Name a server: HOST:PORT.');
if (user === admin.username) fail('SLIPWAY_EVENT_STORE_USER is admin, who may read $all: there is nothing to do.');

await makeUser();
await letReadAll();
console.log(`User ${user} may read $all.`);

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
  const [first] = servers;
  const client = new EventStoreDBClient(
    servers.length === 1 ? { endpoint: first } : { endpoints: servers, nodePreference: LEADER },
    { rootCertificate: ca },
  );
  try {
    const { metadata = {} } = await client.getStreamMetadata('$all', { credentials: admin });
    const given = metadata.acl?.readRoles ?? ['$admins'];
    const roles = [given].flat();
    if (roles.includes(user)) return;
    const acl = { ...metadata.acl, readRoles: [...roles, user] };
    await client.setStreamMetadata('$all', { ...metadata, acl }, { credentials: admin });
  } finally {
    await client.dispose();
  }
}

/** Asks one server after another, for only the leader takes it. */
async function post(path, body) {
  let answer = { status: 0, body: 'no server answers' };
  for (const { address, port } of servers) {
    const headers = { 'content-type': 'application/json' };
    const auth = `${admin.username}:${admin.password}`;
    const asking = request({ host: address, port, path, method: 'POST', headers, auth, ca });
    asking.end(JSON.stringify(body));
    try {
      const [response] = await once(asking, 'response');
      answer = { status: response.statusCode, body: await text(response) };
      if (answer.status < 500 && answer.status !== 307) return answer;
    } catch (error) {
      answer = { status: 0, body: error.message };
    }
  }
  return answer;
}

function required(name) {
  return process.env[name] || fail(`${name} is not set.`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
