import { readFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';

/** Whether a server on loopback says that it is ready to be used: it knows its place, and its own users. */
export function healthOf(port: number, security: { readonly caFile: string } | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const path = '/health/live';
    const where = { host: '127.0.0.1', port, path, timeout: 2_000 };
    const request =
      security === undefined ? plainRequest(where) : tlsRequest({ ...where, ca: readFileSync(security.caFile) });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode === 204);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.on('close', () => resolve(false));
    request.end();
  });
}
