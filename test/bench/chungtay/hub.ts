import type { ServerUnderTest } from '../start-peer.ts';

/** Not yet. */
export function startHub(_folder: string, _profileFolder: string | null): Promise<ServerUnderTest> {
  return Promise.reject(new Error('not yet'));
}
