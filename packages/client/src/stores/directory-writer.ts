import { shallowRef } from 'vue';
import type { DirectoryEdit, DirectoryReplica } from '../platform/directory.ts';

/** The open directory, for the administrator's screens to write: the room gives it when it is open. */
export const openedDirectory = shallowRef<Pick<DirectoryReplica, 'write'> | null>(null);

export type { DirectoryEdit };
