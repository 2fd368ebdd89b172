import { openedDirectory } from '../stores/directory-writer.ts';
import { useDirectory } from '../stores/directory.ts';
import { useDuty } from '../stores/duty.ts';
import { injectedEngine } from '../stores/engine.ts';

/**
 * Keeps the commune's directory in step while the app lives: from this device's own copy at once, also while locked, and from the Hub whenever
 * the page comes online or into sight, and when the Hub says that it changed.
 */
export async function useDirectoryRoom(): Promise<void> {
  const directory = useDirectory();
  const duty = useDuty();
  const engine = injectedEngine();
  const { openDirectory } = await import('../platform/directory.ts');
  const replica = openDirectory(location.origin);
  openedDirectory.value = replica;

  function take(): void {
    const content = replica.read();
    // an empty copy knows less than what ships with the product
    if (typeof content.commune.name !== 'string') return;
    directory.replace(content);
    const office = content.agencies['cultureSociety'];
    duty.officer = office?.phone === undefined ? null : { name: office.vi, phone: office.phone };
  }
  const refresh = (): void => {
    if (navigator.onLine && document.visibilityState === 'visible') replica.refresh();
  };

  await replica.loaded;
  take();
  replica.onChange(take);
  refresh();
  engine.on('directory', refresh);
  addEventListener('online', refresh);
  document.addEventListener('visibilitychange', refresh);
}
