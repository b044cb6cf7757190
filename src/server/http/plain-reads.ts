import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Application } from '../../application';
import { DomainError, isVersion, Forbidden, type Permission, permissionsOf, Unauthenticated } from '../../domain';
import { type TokenRecord } from '../identity/token-store';

const PERMISSION: Permission = 'release:read';

/** Reads for programs without GraphQL: the pointer file as on `main`, and the files of locked releases. */
export function registerPlainReads(
  server: FastifyInstance,
  {
    application,
    identify,
  }: { readonly application: Application; readonly identify: (request: FastifyRequest) => TokenRecord | null },
): void {
  const allow = (request: FastifyRequest): void => {
    const token = identify(request);
    if (token === null) throw new Unauthenticated();
    if (!permissionsOf([token.role]).includes(PERMISSION)) throw new Forbidden(token.actor.id, PERMISSION);
  };

  server.get('/active_releases.json', async (request, reply) => {
    allow(request);
    const file = await application.pointerFile();
    return send(request, reply, { ...file, type: 'application/json; charset=utf-8', cache: 'private, no-cache' });
  });

  server.get('/releases/*', async (request, reply) => {
    allow(request);
    const place = parsePlace(request.url);
    const file = place === null ? null : await application.releaseFile(place.package, place.version, place.path);
    if (place === null || file === null) {
      return reply
        .code(404)
        .send(errorBody('RELEASE_NOT_FOUND', 'There is no such file in an adopted or staged release.'));
    }
    return send(request, reply, {
      ...file,
      type: contentType(place.path),
      cache: 'private, max-age=31536000, immutable',
    });
  });
}

/** Turns a refusal into the plain reads' answer; null for anything unforeseen. */
export function refusalOf(error: unknown): { readonly status: number; readonly body: object } | null {
  if (!(error instanceof DomainError)) return null;
  const status =
    error.code === 'UNAUTHENTICATED'
      ? 401
      : error.code === 'FORBIDDEN'
        ? 403
        : error.code === 'UNAVAILABLE'
          ? 503
          : 400;
  return { status, body: errorBody(error.code, error.message) };
}

function errorBody(code: string, message: string): object {
  return { error: { code, message } };
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  file: { readonly bytes: Uint8Array; readonly blob: string; readonly type: string; readonly cache: string },
): FastifyReply {
  const etag = `"${file.blob}"`;
  void reply.headers({ etag, 'cache-control': file.cache, 'x-content-type-options': 'nosniff' });
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) return reply.code(304).send();
  return reply.type(file.type).send(Buffer.from(file.bytes));
}

/** `/releases/{package}/{version}/{path}`; a package of another kind has two segments, its slash may be encoded. */
function parsePlace(url: string): { readonly package: string; readonly version: string; readonly path: string } | null {
  const pathname = url.split('?', 1)[0] ?? '';
  try {
    const segments = pathname.split('/').slice(2).map(decodeURIComponent);
    const at = segments.findIndex(isVersion);
    if (at < 1 || at > 2 || at === segments.length - 1) return null;
    const version = segments[at] ?? '';
    return { package: segments.slice(0, at).join('/'), version, path: segments.slice(at + 1).join('/') };
  } catch (error) {
    if (error instanceof URIError) return null; // a broken escape names nothing
    throw error;
  }
}

/** Never HTML: content is untrusted and is shown, not run. */
function contentType(path: string): string {
  if (path.endsWith('.json')) return 'application/json; charset=utf-8';
  return /\.(txt|md|ya?ml)$/.test(path) ? 'text/plain; charset=utf-8' : 'application/octet-stream';
}
