// Finds a C compiler for the crash tests, or brings one where that is ours to do.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Says whether this machine compiles C for itself; on Debian as root it is taught to. */
export function ensureCompiler() {
  if (process.platform !== 'linux') return false;
  if (compiles()) return true;
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return false;
  console.log('No C compiler found: installing gcc with apt-get …');
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', 'gcc', 'libc6-dev']])
    spawnSync('apt-get', words, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  return compiles();
}

function compiles() {
  const words = ['-x', 'c', '-fsyntax-only', '-'];
  return spawnSync('cc', words, { input: '#include <fcntl.h>\n#include <pthread.h>\n' }).status === 0;
}
