import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

declare const process: { env: Record<string, string | undefined> }

/** Mantine's parts that every page shows, the sign-in page too. */
const everywhere = [
  ...['UnstyledButton', 'Button', 'ActionIcon', 'CloseButton', 'Anchor', 'Input', 'InputBase', 'TextInput'],
  ...['Text', 'Title', 'Group', 'Stack', 'Center', 'Paper', 'Alert', 'ThemeIcon', 'Loader', 'Transition'],
  ...['VisuallyHidden', 'Code'],
].join('|')

/** Those that the frames of both portals show: menus and messages. */
const inFrames = [
  'Menu',
  'Popover',
  'FocusTrap',
  'Portal',
  'Floating',
  'Avatar',
  'Badge',
  'Notification',
  'Burger',
].join('|')

const api = `http://127.0.0.1:${process.env.PORT ?? 3000}`

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // The size budget reads from it what a first visit loads.
    manifest: true,
    // The Content-Security-Policy allows no data: scripts, and small files cost nothing over one connection.
    assetsInlineLimit: 0,
    target: 'es2022',
    // What is needed together anyway compresses better together.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: new RegExp(
                `node_modules/(react|react-dom|scheduler|@tanstack|i18next|react-i18next|openapi-[^/]+|clsx|@mantine/(hooks|core/esm/(core|components/(${everywhere}))))/`,
              ),
              priority: 2,
            },
            // Small parts that every page loads: as files of their own each would cost its headers. Those of forms come with them.
            {
              name: 'base',
              test: /preload-helper|web\/src\/(api|lib|app|i18n)\/(?!use-(form|saved-form|draft)\.)[^/]+\.tsx?$|-search\.ts$|components\/ui\/(icon|states)\./,
              minShareCount: 2,
              priority: 2,
            },
            {
              name: 'frame',
              test: new RegExp(`node_modules/(@floating-ui|@mantine/core/esm/components/(${inFrames}))/`),
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: api, changeOrigin: false }, '/auth': { target: api, changeOrigin: false } } },
})
