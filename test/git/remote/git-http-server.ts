import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo } from 'node:net';

/** What is wrong with the server at the moment. */
export interface ServerFaults {
  /** Connections are cut before a word is said. */
  down?: boolean;
  /** Requests are taken and never answered. */
  frozen?: boolean;
  /** Milliseconds before a request is looked at. */
  slowMs?: number;
  /** A push is carried out whole, then the connection is cut instead of an answer. */
  cutAfterPush?: boolean;
  /** Every request is answered with this status. */
  status?: number;
  /** Where every request is sent on to. */
  redirectTo?: string;
}

export interface GitHttpServer {
  readonly url: string;
  faults: ServerFaults;
  /** Who is let in; null for everybody. */
  credentials: { user: string; password: string } | null;
  /** Authorization headers that came, in order. */
  readonly authorizations: readonly string[];
  /** How many pushes were carried out, answered or not. */
  readonly pushes: number;
  /** Requests of any kind so far. */
  readonly requests: number;
  close(): Promise<void>;
}

/** Key and certificate of a server, in PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/**
 * Git's own smart-HTTP server (`git http-backend`) for a bare repository, behind a server that can be made to fail; over https
 * with an identity.
 */
export async function startGitHttpServer(bare: string, tls?: TlsIdentity): Promise<GitHttpServer> {
  execFileSync('git', ['-C', bare, 'config', 'http.receivepack', 'true']);
  const running = new Set<ChildProcess>();
  const authorizations: string[] = [];
  const state = {
    faults: {} as ServerFaults,
    credentials: null as GitHttpServer['credentials'],
    authorizations,
    pushes: 0,
    requests: 0,
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { faults, credentials } = state;
    state.requests += 1;
    const { authorization } = request.headers;
    if (authorization !== undefined) authorizations.push(authorization);
    if (faults.down === true) return void request.socket.destroy();
    if (faults.frozen === true) return;
    if (faults.slowMs !== undefined) await new Promise((resolve) => setTimeout(resolve, faults.slowMs));
    if (faults.status !== undefined) return void response.writeHead(faults.status).end();
    if (faults.redirectTo !== undefined) {
      return void response.writeHead(302, { location: `${faults.redirectTo}${request.url ?? ''}` }).end();
    }
    if (credentials !== null && authorization !== basic(credentials)) {
      return void response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
    const isPush = request.method === 'POST' && pathname.endsWith('/git-receive-pack');
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_PROJECT_ROOT: bare,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: pathname.replace('/repository.git', ''),
        REQUEST_METHOD: request.method,
        QUERY_STRING: searchParams.toString(),
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: [request.headers['git-protocol'] ?? ''].flat().join(),
        REMOTE_USER: 'pusher',
        REMOTE_ADDR: '127.0.0.1',
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    running.add(backend);
    backend.stdin.on('error', () => undefined); // the backend may have read enough
    request.pipe(backend.stdin);
    const printed: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
    await once(backend, 'close');
    running.delete(backend);
    if (isPush) state.pushes += 1;
    if (isPush && faults.cutAfterPush === true) return void request.socket.destroy();
    answer(response, Buffer.concat(printed));
  };

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch(() => request.socket.destroy());
  };
  const server: Server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP
  return Object.assign(state, {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${String(port)}/repository.git`,
    close: async () => {
      for (const backend of running) backend.kill();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

export function basic({ user, password }: { user: string; password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** What a CGI program printed, as an answer. */
function answer(response: ServerResponse, printed: Buffer): void {
  const end = printed.indexOf('\r\n\r\n');
  const headers = printed
    .toString('latin1', 0, Math.max(end, 0))
    .split('\r\n')
    .map((line) => /^([^:]+): (.*)$/.exec(line));
  let status = 200;
  for (const header of headers) {
    if (header?.[1] === undefined || header[2] === undefined) continue;
    if (header[1].toLowerCase() === 'status') status = Number.parseInt(header[2], 10);
    else response.setHeader(header[1], header[2]);
  }
  response.writeHead(status).end(printed.subarray(end + 4));
}
