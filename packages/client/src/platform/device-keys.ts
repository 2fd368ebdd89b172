import type { Signer } from '@chungtay/core/base/world';

/** A device's key pairs as they rest, sealed, in the vault. */
export interface DeviceKeys {
  readonly signPrivate: Uint8Array;
  readonly signPublic: Uint8Array;
  readonly sealPrivate: Uint8Array;
  readonly sealPublic: Uint8Array;
}

/** Returns fresh Ed25519 and X25519 pairs (private halves as PKCS #8). */
export async function makeDeviceKeys(): Promise<DeviceKeys> {
  const sign = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const seal = await crypto.subtle.generateKey('X25519', true, ['deriveBits']);
  return {
    signPrivate: await exported('pkcs8', sign.privateKey),
    signPublic: await exported('raw', sign.publicKey),
    sealPrivate: await exported('pkcs8', seal.privateKey),
    sealPublic: await exported('raw', seal.publicKey),
  };
}

/** Returns a Signer over the device's Ed25519 key; the key inside cannot be read back by scripts. */
export async function signerOf(keys: DeviceKeys): Promise<Signer> {
  const key = await crypto.subtle.importKey('pkcs8', keys.signPrivate.slice(), 'Ed25519', false, ['sign']);
  return {
    publicKey: keys.signPublic,
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, bytes.slice())),
  };
}

async function exported(format: 'pkcs8' | 'raw', key: CryptoKey): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.exportKey(format, key));
}
