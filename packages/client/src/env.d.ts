/// <reference types="vite/client" />

/** The version of packages/client/package.json, set at build time. */
declare const __APP_VERSION__: string;
