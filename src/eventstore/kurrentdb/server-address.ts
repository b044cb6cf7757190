/** Where one server listens. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** `host:port`, for people. */
export function addressText({ host, port }: ServerAddress): string {
  return `${host}:${String(port)}`;
}

/** The host as sockets take it: an IPv6 address without its brackets. */
export function socketHost({ host }: ServerAddress): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
