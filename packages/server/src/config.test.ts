import { describe, expect, it } from 'vitest';
import { describeConfig, parseConfig } from './config.ts';

describe('the settings', () => {
  it('[HUB-1] without any, the Hub serves the demo commune to this machine alone', () => {
    const config = parseConfig({ PATH: '/bin' });
    expect(config.ok && config.value).toMatchObject({ host: '127.0.0.1', port: 8080, isDemoWanted: true });
    expect(config.ok && config.value.dataDirectory.endsWith('.data/demo')).toBe(true);
    expect(config.ok && config.value.keyFile.endsWith('.data/demo.key')).toBe(true);
  });

  it.each([
    [{ CT_DATA_DIR: '/srv/ct' }, false],
    [{ CT_DATA_DIR: '/srv/ct', CT_DEMO: '1' }, true],
    [{ CT_DEMO: '0' }, false],
  ])('[HUB-1] %o: demo %s', (env, isDemoWanted) => {
    const config = parseConfig(env);
    expect(config.ok && config.value.isDemoWanted).toBe(isDemoWanted);
  });

  it('[HUB-1] all problems are listed at once, in words', () => {
    const config = parseConfig({
      CT_PORT: '70000',
      CT_HOST: 'a b',
      CT_PUBLIC_URL: 'https://a.vn/path,ftp://b.vn',
      CT_BEHIND_PROXY: 'yes',
      CT_DATADIR: '/x',
    });
    expect(config).toEqual({
      ok: false,
      error: [
        'CT_DATADIR is not a setting. --help lists them.',
        'CT_HOST should be an address of this machine.',
        'CT_PORT should be a number 0–65535.',
        'CT_PUBLIC_URL should be origins such as https://tre-em.xa.vn, parted by commas.',
        'CT_BEHIND_PROXY should be 0 or 1.',
      ],
    });
  });

  it.each([
    [{ CT_HOST: '0.0.0.0', CT_DATA_DIR: '/srv/ct' }, 'CT_PUBLIC_URL is needed'],
    [{ CT_HOST: '0.0.0.0', CT_PUBLIC_URL: 'https://a.vn' }, 'CT_DATA_DIR is needed'],
    [{ CT_DATA_DIR: '/srv/ct', CT_KEY_FILE: '/srv/ct/key' }, 'CT_KEY_FILE should lie outside'],
    [{ CT_DATA_DIR: '' }, 'CT_DATA_DIR should be a folder'],
    [{ CT_PORT: '' }, 'CT_PORT should be'],
    [{ CT_PORT: '1e3' }, 'CT_PORT should be'],
    [{ CT_PORT: '-1' }, 'CT_PORT should be'],
    [{ CT_CLIENT_DIR: '' }, 'CT_CLIENT_DIR should be'],
    [{ CT_DEMO: 'yes' }, 'CT_DEMO should be 0 or 1'],
    [{ CT_HOST: '0.0.0.0', CT_PUBLIC_URL: 'https://a.vn', CT_DATA_DIR: '/x', CT_DEMO: '1' }, 'CT_DATA_DIR is needed'],
  ])('[HUB-1] %o is refused', (env, problem) => {
    const config = parseConfig(env);
    expect(config.ok ? [] : config.error.join('\n')).toContain(problem);
  });

  it('[HUB-1] the help names every setting with its default', () => {
    for (const name of ['CT_DATA_DIR', 'CT_KEY_FILE', 'CT_PORT', 'CT_HOST', 'CT_PUBLIC_URL', 'CT_MAX_CONNECTIONS']) {
      expect(describeConfig()).toContain(name);
    }
    expect(describeConfig()).toContain('default: 8080');
  });
});
