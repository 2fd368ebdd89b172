/** The command line: npm run -s ct -- VERB …. stdout carries what a verb answers, stderr why it could not; 2 = not understood. Rule CLI-1. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { argv, env, stderr, stdout } from 'node:process';
import { parseConfig } from '../config.ts';
import type { Config } from '../config.ts';
import type { Perform } from '../http/control.ts';
import type { OfficeAnswer } from '../jobs/office.ts';
import { planAlone } from '../jobs/run-office.ts';
import { isEmptyDirectory } from '../ops/commune-folder.ts';
import { wordsOf } from '../ops/failure-words.ts';
import { createLog } from '../ops/log.ts';
import { parseArguments } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { initCommune } from './init.ts';
import { devicesText, membersText, placesText } from './print-office.ts';
import { importText, invitationText, keyRotationText, verificationText } from './print.ts';
import { problemWords } from './problem-words.ts';
import { withOffice } from './reach-office.ts';
import { Misused, listOf, memberNumberOf, roleOf } from './typed-values.ts';
import { VERBS, usage, verbIn } from './verbs.ts';
import type { VerbName } from './verbs.ts';

const EXIT = { done: 0, failed: 1, misused: 2 } as const;
const log = createLog((line) => stderr.write(line), Date.now);

type Run = (typed: Arguments, config: Config) => Promise<number>;

const RUN: Readonly<Record<VerbName, Run>> = {
  async init({ flags }, config) {
    const word = (name: string): string => flags.get(name) ?? '';
    const asked = { name: word('name'), administrator: word('administrator'), lead: word('lead') };
    const invitations = await initCommune(config, log, { ...asked, province: flags.get('province') ?? null });
    stdout.write(
      `${config.dataDirectory}\n${config.keyFile}   (keep a copy elsewhere: without it nothing can be read)\n\n`,
    );
    for (const { name, invited } of invitations) stdout.write(invitationText(name, invited, urlOf(flags, config)));
    return EXIT.done;
  },
  invite({ flags }, config) {
    const ask = { villages: [], schools: [], ...appointmentIn(flags) };
    const text = (answer: OfficeAnswer): string => invitationText(ask.name ?? '', answer, urlOf(flags, config));
    return tell(config, 'invite', ask, text);
  },
  'member list': ({ flags }, config) => tell(config, 'people', {}, flags.has('json') ? asJsonText : membersText),
  'member invite': ({ flags, words }, config) => {
    const text = (answer: OfficeAnswer): string => invitationText(String(answer['name']), answer, urlOf(flags, config));
    return tell(config, 'inviteAgain', memberIn(words), text);
  },
  'member change': ({ flags, words }, config) =>
    tell(config, 'change', { ...memberIn(words), ...appointmentIn(flags) }, membersText),
  'member suspend': ({ words }, config) =>
    tell(config, 'suspend', { ...memberIn(words), isSuspended: true }, membersText),
  'member restore': ({ words }, config) =>
    tell(config, 'suspend', { ...memberIn(words), isSuspended: false }, membersText),
  'place list': ({ flags }, config) => tell(config, 'places', {}, flags.has('json') ? asJsonText : placesText),
  'place add': ({ flags }, config) =>
    tell(
      config,
      'addPlaces',
      { villages: listOf(flags.get('village')), schools: listOf(flags.get('school')) },
      placesText,
    ),
  'place rename': ({ words: [place, name] }, config) => tell(config, 'renamePlace', { place, name }, placesText),
  async import({ flags, words }, config) {
    const [path = ''] = words;
    const [member, sheet] = [flags.get('member'), flags.get('sheet')];
    const ask = {
      fileName: basename(path),
      file: readFile(path).toString('base64'),
      isDryRun: flags.has('dry-run'),
      member: member === undefined ? null : memberNumberOf(member, '--member'),
      ...(sheet === undefined ? {} : { sheet }),
    };
    const text = flags.has('json') ? importJson(flags.has('account')) : importText;
    // a roster may be looked at before there is a commune to put it into
    if (ask.isDryRun && isEmptyDirectory(config.dataDirectory)) return show(await planAlone(ask), text);
    return tell(config, 'import', ask, text);
  },
  async verify({ flags }, config) {
    const isSound = (answer: OfficeAnswer): boolean =>
      Array.isArray(answer['damages']) && answer['damages'].length === 0;
    return tell(config, 'verify', {}, flags.has('json') ? asJsonText : verificationText, isSound);
  },
  'key rotate': (_, config) => tell(config, 'rotateKey', {}, keyRotationText),
  devices: ({ flags }, config) => tell(config, 'people', {}, flags.has('json') ? asJsonText : devicesText),
  revoke: ({ words: [device] }, config) => tell(config, 'revoke', { device }, () => `${device} revoked\n`),
};

/** What was typed of an appointment. */
function appointmentIn(flags: ReadonlyMap<string, string>) {
  const [name, role, until, title] = ['name', 'role', 'until', 'title'].map((flag) => flags.get(flag));
  const lists = { villages: 'village', schools: 'school', namedFor: 'named-for' } as const;
  const typed = Object.entries(lists).filter(([, flag]) => flags.has(flag));
  return {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role: roleOf(role) }),
    ...(until === undefined ? {} : { until }),
    ...(title === undefined ? {} : { title }),
    ...Object.fromEntries(typed.map(([field, flag]) => [field, listOf(flags.get(flag))])),
  };
}

function memberIn([member = '']: readonly string[]): { readonly member: number } {
  return { member: memberNumberOf(member, 'NUMBER') };
}

/** Has a verb done, and writes what it answered. */
async function tell(
  config: Config,
  verb: string,
  ask: unknown,
  textOf: (answer: OfficeAnswer) => string,
  isGood: (answer: OfficeAnswer) => boolean = () => true,
): Promise<number> {
  return show(await withOffice(config, log, (perform: Perform) => perform(verb, ask)), textOf, isGood);
}

function show(
  answer: OfficeAnswer,
  textOf: (answer: OfficeAnswer) => string,
  isGood: (answer: OfficeAnswer) => boolean = () => true,
): number {
  const problem = problemWords(answer['problem']);
  if (problem !== null) {
    stderr.write(`${problem}\n`);
    return EXIT.failed;
  }
  stdout.write(textOf(answer));
  return isGood(answer) ? EXIT.done : EXIT.failed;
}

function asJsonText(answer: OfficeAnswer): string {
  return `${JSON.stringify(answer)}\n`;
}

/** What importing answers, without the account of every row unless it is asked for. */
function importJson(isAccountWanted: boolean): (answer: OfficeAnswer) => string {
  return ({ account, ...answer }) => asJsonText(isAccountWanted ? { ...answer, account } : answer);
}

/** Returns a file's bytes; throws in words. */
function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new Error(`${path} cannot be read.`);
  }
}

function urlOf(flags: ReadonlyMap<string, string>, config: Config): string {
  const url = flags.get('url') ?? config.publicUrls[0] ?? `http://127.0.0.1:${config.port}`;
  return url.replace(/\/+$/u, '');
}

async function main(typed: readonly string[]): Promise<number> {
  if (typed[0] === '--help' || typed[0] === 'help') {
    stdout.write(usage());
    return EXIT.done;
  }
  const verb = verbIn(typed);
  if (verb === null) {
    const said = typed.slice(0, Object.keys(VERBS).some((name) => name.startsWith(`${typed[0]} `)) ? 2 : 1).join(' ');
    stderr.write(`${said === '' ? 'Which verb?' : `“${said}” is not a verb.`}\n\n${usage()}`);
    return EXIT.misused;
  }
  const [read, config] = [parseArguments(typed.slice(verb.split(' ').length), VERBS[verb]), parseConfig(env)];
  const problems = [...(read.ok ? [] : read.error), ...(config.ok ? [] : config.error)];
  if (!read.ok || !config.ok) {
    stderr.write(`${problems.join('\n')}\n`);
    return EXIT.misused;
  }
  try {
    return await RUN[verb](read.value, config.value);
  } catch (error) {
    stderr.write(`${wordsOf(error)}\n`);
    return error instanceof Misused ? EXIT.misused : EXIT.failed;
  }
}

process.umask(0o077);
process.exitCode = await main(argv.slice(2));
