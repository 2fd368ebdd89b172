import type { CDPSession, Page } from '@playwright/test';

/** The lock of a tablet, as the browser's virtual authenticator plays it: inside the machine, knows its owner, keeps secrets (PRF). */
export class MachineLock {
  readonly #session: CDPSession;
  readonly #id: string;

  private constructor(session: CDPSession, id: string) {
    this.#session = session;
    this.#id = id;
  }

  /** Builds one into the machine of this page; it is there until `remove`, or the browser ends. */
  static async inside(page: Page): Promise<MachineLock> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        hasPrf: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new MachineLock(session, authenticatorId);
  }

  /** Whether the owner can show who he is: his finger, his face. */
  async knowsOwner(isKnown: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setUserVerified', { authenticatorId: this.#id, isUserVerified: isKnown });
  }

  /** Takes it out, with every key in it. */
  async remove(): Promise<void> {
    await this.#session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.#id });
  }
}

/** Asks the lock of this machine for the secret that opens the only vault of the page, as the app does; returns what was asked, too. */
export function secretOf(
  page: Page,
): Promise<{ readonly secret: readonly number[]; readonly salt: readonly number[] }> {
  return page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const asked = indexedDB.open('ct-tablet');
      asked.onsuccess = () => resolve(asked.result);
    });
    const people = db.transaction('people').objectStore('people').getAll();
    await new Promise((resolve) => (people.onsuccess = resolve));
    const { authenticator } = people.result[0] as {
      authenticator: { credential: Uint8Array<ArrayBuffer>; salt: Uint8Array<ArrayBuffer> };
    };
    db.close();
    const answered = (await navigator.credentials.get({
      publicKey: {
        challenge: new Uint8Array(32),
        allowCredentials: [{ type: 'public-key', id: authenticator.credential }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: authenticator.salt } } },
      },
    })) as PublicKeyCredential;
    const secret = answered.getClientExtensionResults().prf?.results?.first as ArrayBuffer;
    return { secret: [...new Uint8Array(secret)], salt: [...authenticator.salt] };
  });
}
