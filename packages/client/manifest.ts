import type { ManifestOptions } from 'vite-plugin-pwa';

/** The web app manifest: what the tablet shows on its home screen. */
export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'Chung Tay',
  short_name: 'Chung Tay',
  description: 'Sổ trẻ em và hồ sơ bảo vệ trẻ em cấp xã, làm việc được cả khi không có mạng',
  lang: 'vi',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  orientation: 'any',
  background_color: '#083f33',
  theme_color: '#083f33',
  categories: ['government', 'productivity'],
  icons: [
    { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
};
