/** Where one server listens. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** `host:port`, for people. */
export function addressText({ host, port }: ServerAddress): string {
  return `${host}:${String(port)}`;
}
